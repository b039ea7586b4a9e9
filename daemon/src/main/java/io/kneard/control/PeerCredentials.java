package io.kneard.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.byref.IntByReference;
import jnr.unixsocket.Credentials;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;

/** What the kernel recorded of the other end when it connected (unix(7), socket(7)). */
final class PeerCredentials {
  private static final int SOL_SOCKET = 1;

  /** Linux 4.13; the number of every architecture but PA-RISC and SPARC. */
  private static final int SO_PEERGROUPS = 59;

  private static final int FIRST_GUESS = 64;

  /** The one call of libc that jnr-unixsocket does not make for us. */
  public interface LibC {
    int getsockopt(
        int fd, int level, int name, @Out ByteBuffer value, @In @Out IntByReference size);
  }

  private static final LibC LIBC =
      LibraryLoader.create(LibC.class).option(LibraryOption.SaveError, true).load("c");

  private PeerCredentials() {}

  /**
   * Who has connected.
   *
   * @throws IOException if the kernel does not say
   */
  static Callers.Peer of(UnixSocketChannel channel) throws IOException {
    Credentials credentials = channel.getOption(UnixSocketOptions.SO_PEERCRED);
    return new Callers.Peer(
        unsigned(credentials.getUid()), unsigned(credentials.getGid()), groups(channel));
  }

  private static Set<Long> groups(UnixSocketChannel channel) throws IOException {
    int room = FIRST_GUESS;
    for (int attempt = 1; attempt <= 2; attempt++) {
      ByteBuffer value = ByteBuffer.allocateDirect(room * Integer.BYTES);
      value.order(ByteOrder.nativeOrder());
      IntByReference size = new IntByReference(value.capacity());
      if (LIBC.getsockopt(channel.getFD(), SOL_SOCKET, SO_PEERGROUPS, value, size) == 0) {
        return ids(value, size.intValue() / Integer.BYTES);
      }
      room = Math.max(FIRST_GUESS, size.intValue() / Integer.BYTES); // what the kernel asks for
    }
    int error = Runtime.getRuntime(LIBC).getLastError();
    throw new IOException("the peer's groups are not known: getsockopt: errno " + error);
  }

  private static Set<Long> ids(ByteBuffer value, int count) {
    Set<Long> ids = new HashSet<>();
    for (int i = 0; i < count; i++) {
      ids.add(unsigned(value.getInt(i * Integer.BYTES)));
    }
    return ids;
  }

  private static long unsigned(int id) {
    return Integer.toUnsignedLong(id);
  }
}
