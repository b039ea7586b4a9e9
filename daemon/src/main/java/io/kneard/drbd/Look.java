package io.kneard.drbd;

import java.util.Optional;
import java.util.Set;

/** Looks at a resource. Nothing is changed by it. */
final class Look {
  private final Tools tools;

  Look(Tools tools) {
    this.tools = tools;
  }

  /** Something could not be seen; the message says what. */
  static final class Blind extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean hung;

    Blind(String message, boolean hung) {
      super(message);
      this.hung = hung;
    }

    /** Whether a tool did not come back. */
    boolean hung() {
      return hung;
    }
  }

  /** What there is of this resource. */
  Found at(String resource, boolean forgotten, Set<Integer> resting)
      throws Blind, InterruptedException {
    try {
      Optional<Setup> setup = SetupReader.read(answer(Drbdsetup.show(resource)), resource);
      Optional<Status> status =
          setup.isEmpty()
              ? Optional.empty()
              : StatusReader.read(answer(Drbdsetup.status(resource)), resource);
      if (setup.isPresent() && status.isEmpty()) {
        throw new Blind(
            "resource %s came or went while it was looked at".formatted(resource), false);
      }
      return new Found(setup, status, Optional.empty(), forgotten, resting);
    } catch (Unreadable e) {
      throw new Blind(e.getMessage(), false);
    }
  }

  private String answer(Command command) throws Blind, InterruptedException {
    Ran ran = tools.run(command);
    if (ran.succeeded()) {
      return ran.out();
    }
    boolean none =
        ran.ending() == Ran.Ending.EXITED
            && (Refusal.of(ran.words()).kind() == Refusal.Kind.ABSENT
                || ran.words().contains("No such resource"));
    if (none) {
      return "[]";
    }
    throw new Blind(ran.problem(command), ran.ending() == Ran.Ending.HUNG);
  }

  /** What is on a backing volume that is not attached. */
  Metadata metadata(Target target, String disk) throws Blind, InterruptedException {
    Command read = Drbdsetup.readDeviceId(target.minor(), disk);
    Ran ran = tools.run(read);
    boolean present = ran.succeeded();
    if (!present && !saysNone(ran)) {
      throw new Blind(ran.problem(read), ran.ending() == Ran.Ending.HUNG);
    }
    Optional<String> id =
        present
            ? Optional.of(ran.out().strip()).filter(text -> !text.equals(Metadata.NO_ID))
            : Optional.empty();
    return new Metadata(disk, present, id, present ? Optional.empty() : signature(disk));
  }

  /** Versions of the tool differ in how they exit: 1, or 255. */
  private static boolean saysNone(Ran ran) {
    return ran.ending() == Ran.Ending.EXITED && (ran.exit() == 1 || ran.exit() == 255);
  }

  private Optional<String> signature(String disk) throws Blind, InterruptedException {
    Command probe = Command.of(Tool.BLKID, Command.SHORT, "--probe", "--output", "export", disk);
    Ran ran = tools.run(probe);
    boolean nothing = ran.ending() == Ran.Ending.EXITED && ran.exit() == 2;
    if (nothing) {
      return Optional.empty();
    }
    if (!ran.succeeded()) {
      throw new Blind(ran.problem(probe), ran.ending() == Ran.Ending.HUNG);
    }
    return Optional.of(
        ran.out()
            .lines()
            .filter(line -> line.startsWith("TYPE=") || line.startsWith("PTTYPE="))
            .map(line -> line.substring(line.indexOf('=') + 1))
            .findFirst()
            .orElse("unknown kind"));
  }
}
