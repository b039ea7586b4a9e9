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
  private RecoverMain() {}

  /** Recovers. */
  public static void main(String[] arguments) {
    String said;
    try {
      List<String> all = List.of(arguments);
      recover(Member.parse(all.get(0)), NodeSettings.parse(all.subList(1, all.size())));
      said = "done";
    } catch (Refusal | IOException | RuntimeException | LinkageError e) {
      said = ToolWords.failure(e);
    }
    System.out.println(said);
    System.out.flush();
    java.lang.Runtime.getRuntime().halt(0);
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
