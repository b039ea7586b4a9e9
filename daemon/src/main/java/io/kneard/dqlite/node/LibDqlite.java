package io.kneard.dqlite.node;

import java.util.Map;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.Delegate;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.byref.PointerByReference;
import jnr.ffi.types.u_int64_t;

/**
 * libdqlite's own interface, as in {@code dqlite.h} of versions 1.11 to 1.18, with {@code dqlite_}
 * left off the names.
 */
public interface LibDqlite {
  /** Debian's name of the library; it has not changed since 1.0. */
  String FILE = "libdqlite.so.0";

  /** System property with another name or path of the library. */
  String FILE_PROPERTY = "dqlite.library";

  /** Called by the library, on its own threads, when it wants to reach another node. */
  interface ConnectFunction {
    /**
     * Connects to that address.
     *
     * @param descriptor {@code int *} that takes a connected stream socket, which becomes the
     *     library's
     * @return 0, or anything else if there is no connection
     */
    @Delegate
    int connect(Pointer argument, String address, Pointer descriptor);
  }

  int version_number();

  int node_create(@u_int64_t long id, String address, String folder, @Out PointerByReference node);

  void node_destroy(Pointer node);

  int node_set_bind_address(Pointer node, String address);

  String node_get_bind_address(Pointer node);

  int node_set_connect_func(Pointer node, ConnectFunction function, Pointer argument);

  int node_set_network_latency_ms(Pointer node, int milliseconds);

  int node_set_failure_domain(Pointer node, @u_int64_t long code);

  int node_set_snapshot_params(Pointer node, int threshold, int trailing);

  /** Not in 1.11: throws a {@link LinkageError} there. */
  int node_set_auto_recovery(Pointer node, boolean enabled);

  int node_start(Pointer node);

  int node_stop(Pointer node);

  String node_errmsg(Pointer node);

  int node_recover_ext(Pointer node, @In Pointer members, int count);

  @u_int64_t
  long generate_node_id(String address);

  /** The name or path of the library. */
  static String file() {
    return System.getProperty(FILE_PROPERTY, FILE);
  }

  /**
   * Loads the library.
   *
   * @throws UnsatisfiedLinkError if it is not installed
   */
  static LibDqlite load() {
    return LibraryLoader.loadLibrary(
        LibDqlite.class,
        Map.of(
            LibraryOption.FunctionMapper,
            (jnr.ffi.mapper.FunctionMapper) (name, context) -> "dqlite_" + name),
        file());
  }
}
