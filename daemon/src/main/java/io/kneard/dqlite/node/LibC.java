package io.kneard.dqlite.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import jnr.constants.platform.Errno;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/** The calls of the C library that the JDK does not make: socket pairs, abstract sockets, prctl. */
public interface LibC {
  /** The C library of this process. */
  LibC LIBC = LibraryLoader.create(LibC.class).option(LibraryOption.SaveError, true).load("c");

  int AF_UNIX = 1;
  int SOCK_STREAM = 1;

  /** Children of this process must not inherit the descriptor. */
  int SOCK_CLOEXEC = 0x80000;

  int SHUT_RDWR = 2;

  /** See prctl(2): the signal this process gets when the thread that made it ends. */
  int PR_SET_PDEATHSIG = 1;

  int SIGHUP = 1;
  int SIGINT = 2;
  int SIGKILL = 9;
  int SIGTERM = 15;

  /** {@code SIG_IGN} of signal(2). */
  long IGNORE = 1;

  int socket(int domain, int type, int protocol);

  int connect(int fd, @In ByteBuffer address, int length);

  int socketpair(int domain, int type, int protocol, @Out int[] pair);

  @ssize_t
  long read(int fd, @Out ByteBuffer buffer, @size_t long count);

  @ssize_t
  long write(int fd, @In ByteBuffer buffer, @size_t long count);

  int shutdown(int fd, int how);

  int close(int fd);

  int prctl(int option, long argument);

  int getppid();

  Pointer signal(int number, Pointer handler);

  /** The exception for the call that just failed on this thread. */
  static IOException failure(String call) {
    return new IOException(call + ": " + Errno.valueOf(errno()).description());
  }

  /** Whether the call that just failed on this thread was only interrupted by a signal. */
  static boolean interrupted() {
    return errno() == Errno.EINTR.intValue();
  }

  private static int errno() {
    return Runtime.getRuntime(LIBC).getLastError();
  }
}
