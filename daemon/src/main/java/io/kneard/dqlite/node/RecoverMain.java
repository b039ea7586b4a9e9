package io.kneard.dqlite.node;

import io.kneard.dqlite.Member;
import io.kneard.dqlite.NodeSettings;
import java.io.IOException;
import java.util.List;
import jnr.ffi.Runtime;

/**
 * The program that replaces the membership in a node's data, after most voters are lost for good:
 * {@code RecoverMain MEMBERS SETTING...}, with {@link Member#line} and {@link
 * NodeSettings#arguments}. The node must not run. Says {@code done}, or what {@link ToolWords} has
 * for its failure.
 */
public final class RecoverMain {
  private static final String ARGUMENTS =
      "ID@HOST:PORT@ROLE,... id=ID address=HOST:PORT home=FOLDER fresh=false latency-ms=MILLIS"
          + " failure-domain=NUMBER";

  private RecoverMain() {}

  /** Recovers. */
  public static void main(String[] arguments) {
    String said = "done";
    int status = ToolWords.DONE;
    try {
      run(List.of(arguments));
    } catch (Refusal | IOException | RuntimeException | LinkageError e) {
      // A mistake too ends with a word, since whoever asked waits for one.
      said = ToolWords.failure(e);
      status = ToolWords.NOT_DONE;
    }
    System.out.println(said);
    System.out.flush();
    java.lang.Runtime.getRuntime().halt(status);
  }

  private static void run(List<String> arguments) throws IOException, Refusal {
    List<Member> members;
    NodeSettings settings;
    try {
      members = Member.parse(arguments.isEmpty() ? "" : arguments.get(0));
      settings = NodeSettings.parse(arguments.subList(1, arguments.size()));
    } catch (IllegalArgumentException e) {
      throw ToolWords.misused(RecoverMain.class, ARGUMENTS, e);
    }
    recover(members, settings);
  }

  private static void recover(List<Member> members, NodeSettings settings)
      throws IOException, Refusal {
    LibDqlite lib = LibDqlite.load();
    OwnedHome owned = OwnedHome.take(settings);
    Library library =
        Library.create(
            lib, settings, owned.home().data().toString(), new Links(), new Problems(System.err));
    library.recover(new MemberTable(Runtime.getRuntime(lib), members));
  }
}
