package io.kneard.simulation;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** {@code tests/simulate}: exit status 0 all held, 1 something did not, 2 wrong arguments. */
public final class SimulateMain {
  private static final int HELD = 0;
  private static final int FAILED = 1;
  private static final int MISUSE = 2;

  private final Arguments arguments;
  private final PrintStream out;

  private SimulateMain(Arguments arguments, PrintStream out) {
    this.arguments = arguments;
    this.out = out;
  }

  public static void main(String[] line) throws InterruptedException {
    System.exit(run(List.of(line), System.out, System.err));
  }

  static int run(List<String> line, PrintStream out, PrintStream err) throws InterruptedException {
    try {
      return new SimulateMain(Arguments.parse(line), out).run() ? HELD : FAILED;
    } catch (IllegalArgumentException e) {
      err.println("simulate: " + e.getMessage());
      err.print(Arguments.USAGE);
      return MISUSE;
    }
  }

  private boolean run() throws InterruptedException {
    if (arguments.replay().isPresent()) {
      return replay(arguments.replay().get());
    }
    return arguments.mutants() ? mutants() : search();
  }

  private boolean search() throws InterruptedException {
    long begin = System.nanoTime();
    Tally tally =
        new Search(arguments.focus(), measures()).all(arguments.seed(), arguments.schedules());
    out.print(tally.text());
    if (tally.first() != null && shrinks()) {
      out.println("the first schedule that failed, with as few faults as possible:");
      show(Shrink.of(tally.first(), measures()));
    }
    say(
        "schedules=%d violations=%d seed=%d seconds=%.1f%n",
        tally.schedules(), tally.violations(), arguments.seed(), (System.nanoTime() - begin) / 1e9);
    return tally.violations() == 0;
  }

  private boolean replay(long seed) {
    Schedule schedule = Schedule.of(seed, arguments.focus());
    boolean held = show(schedule);
    if (!held && shrinks()) {
      out.println("the same with as few faults as possible:");
      show(Shrink.of(schedule, measures()));
    }
    return held;
  }

  private boolean show(Schedule schedule) {
    Trace trace = new Trace();
    Outcome outcome = World.play(schedule, measures(), trace);
    say("seed %d, faults:%n", schedule.seed());
    schedule.faults().forEach(fault -> out.println("  " + fault.text()));
    trace.lines().forEach(out::println);
    out.println(outcome.clean() ? "everything held" : "FAILED: " + outcome.detail());
    return outcome.clean();
  }

  private boolean mutants() throws InterruptedException {
    List<Mutant> mutants =
        arguments.without().map(List::of).orElseGet(() -> List.of(Mutant.values()));
    int killed = 0;
    for (Mutant mutant : mutants) {
      killed += isKilled(mutant) ? 1 : 0;
    }
    say("mutants=%d killed=%d%n", mutants.size(), killed);
    return killed == mutants.size();
  }

  private boolean isKilled(Mutant mutant) throws InterruptedException {
    Schedule failed =
        new Search(Focus.of(mutant).asked(arguments.config()), Measures.without(mutant))
            .untilOneFails(arguments.seed(), arguments.schedules())
            .first();
    if (failed == null) {
      say("SURVIVED  %s: %s%n", mutant.title(), mutant.text);
      return false;
    }
    Outcome unmutated = World.play(failed, Measures.all(), null);
    if (!unmutated.clean()) {
      say("FAILS ANYWAY  seed %d: %s%n", failed.seed(), unmutated.detail());
      return false;
    }
    say(
        "killed  %s: %s; schedule %d, seed %d: %s%n",
        mutant.title(),
        mutant.text,
        failed.seed() - arguments.seed() + 1,
        failed.seed(),
        World.play(failed, Measures.without(mutant), null).detail());
    return true;
  }

  private Measures measures() {
    return arguments.without().map(Measures::without).orElseGet(Measures::all);
  }

  /** The original overlaps in more ways than are worth a time line each. */
  private boolean shrinks() {
    return arguments.config() != Config.ORIGINAL;
  }

  private void say(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
  }
}
