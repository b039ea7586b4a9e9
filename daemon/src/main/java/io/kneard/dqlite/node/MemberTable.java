package io.kneard.dqlite.node;

import io.kneard.dqlite.Member;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** Members as {@code dqlite_node_info_ext} of dqlite.h: size, id, address, role, a word each. */
final class MemberTable {
  private static final int WORD = Long.BYTES;
  private static final int ROW = 4 * WORD;

  private final Pointer table;
  private final int count;

  /** The strings that the table points to; they must live as long. */
  private final List<Pointer> addresses = new ArrayList<>();

  MemberTable(Runtime runtime, List<Member> members) {
    this.count = members.size();
    this.table = Memory.allocateDirect(runtime, Math.max(1, count) * ROW);
    for (int i = 0; i < count; i++) {
      Member member = members.get(i);
      byte[] text = member.address().getBytes(StandardCharsets.UTF_8);
      Pointer address = Memory.allocateDirect(runtime, text.length + 1, true);
      address.put(0, text, 0, text.length);
      addresses.add(address);
      table.putLong((long) i * ROW, ROW);
      table.putLong((long) i * ROW + WORD, member.id());
      table.putLong((long) i * ROW + 2L * WORD, address.address());
      table.putLong((long) i * ROW + 3L * WORD, member.role().code());
    }
  }

  Pointer pointer() {
    return table;
  }

  int count() {
    return count;
  }
}
