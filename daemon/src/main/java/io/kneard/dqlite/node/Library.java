package io.kneard.dqlite.node;

import io.kneard.dqlite.NodeSettings;
import java.io.IOException;
import java.util.Optional;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.byref.PointerByReference;

/**
 * A node of the library, in this process. It listens on an abstract socket that accepts nobody but
 * this process itself, and asks this class for its connections to other nodes; so everything it
 * says goes through {@link Links}.
 */
final class Library {
  /**
   * After so many log entries a snapshot is taken, and so many are kept for nodes that are behind;
   * one has 4 KB and more, and all are in memory. The library's own numbers are 1024 and 8192.
   */
  private static final int SNAPSHOT_EVERY = 512;

  private static final int KEEP_BEHIND_SNAPSHOT = 512;

  private final LibDqlite lib;
  private final Pointer node;
  private final Links links;
  private final Problems problems;

  /** A field, because the library calls it as long as the node lives and holds no reference. */
  private final LibDqlite.ConnectFunction dial = this::dial;

  private volatile Optional<Network> network = Optional.empty();
  private String ownSocket;

  private Library(LibDqlite lib, Pointer node, Links links, Problems problems) {
    this.lib = lib;
    this.node = node;
    this.links = links;
    this.problems = problems;
  }

  /** Makes a node that is not started. */
  static Library create(
      LibDqlite lib, NodeSettings settings, String folder, Links links, Problems problems)
      throws IOException {
    PointerByReference made = new PointerByReference(Pointer.wrap(Runtime.getRuntime(lib), 0));
    int result = lib.node_create(settings.id(), settings.address(), folder, made);
    Pointer node = made.getValue();
    if (result != 0) {
      throw new IOException("dqlite_node_create: " + (node == null ? result : said(lib, node)));
    }
    Library library = new Library(lib, node, links, problems);
    library.configure(settings);
    return library;
  }

  private void configure(NodeSettings settings) throws IOException {
    check("set_bind_address", lib.node_set_bind_address(node, "@"));
    ownSocket = lib.node_get_bind_address(node);
    check("set_connect_func", lib.node_set_connect_func(node, dial, null));
    int latency = (int) settings.latency().toMillis();
    check("set_network_latency_ms", lib.node_set_network_latency_ms(node, latency));
    check("set_failure_domain", lib.node_set_failure_domain(node, settings.failureDomain()));
    check(
        "set_snapshot_params",
        lib.node_set_snapshot_params(node, SNAPSHOT_EVERY, KEEP_BEHIND_SNAPSHOT));
    try {
      check("set_auto_recovery", lib.node_set_auto_recovery(node, false));
    } catch (LinkageError e) {
      // 1.11 always sets damaged files aside; OwnedHome notices.
    }
  }

  /** Starts it; it has read its data when this returns, and reaches no other node yet. */
  void start() throws IOException {
    check("start", lib.node_start(node));
  }

  /** From now on it may connect to others. */
  void open(Network others) {
    network = Optional.of(others);
  }

  /** Ends it; nothing can be called after that. Waits for what is under way. */
  void stop() throws IOException {
    try {
      check("stop", lib.node_stop(node));
    } finally {
      lib.node_destroy(node);
    }
  }

  /** Replaces the cluster's membership by this; for a node that is not started. */
  void recover(MemberTable members) throws IOException {
    check("recover", lib.node_recover_ext(node, members.pointer(), members.count()));
  }

  /** A connection to the node. */
  ByteLink reach() throws IOException {
    return new ClientsLink(NativeSocket.connect(ownSocket), problems);
  }

  /** Connects a visitor with the node. Takes the visitor over. */
  void join(String name, ByteLink visitor, Links links, Problems problems) {
    try {
      ByteLink inside;
      try {
        inside = reach();
      } catch (IOException e) {
        visitor.close();
        throw e;
      }
      links.connect(name, inside, visitor);
    } catch (IOException e) {
      problems.report(name, e.getMessage());
    }
  }

  /** Called by the library; nothing may be thrown into it. */
  private int dial(Pointer argument, String address, Pointer descriptor) {
    try {
      Network reachable =
          network.orElseThrow(() -> new IOException("this node has no network, or not yet"));
      TlsLink remote = reachable.dial(address);
      NativeSocket.Pair pair = NativeSocket.pair();
      try {
        links.connect("dial", pair.ours(), remote);
      } catch (IOException e) {
        LibC.LIBC.close(pair.theirs());
        throw e;
      }
      descriptor.putInt(0, pair.theirs());
      problems.well("node " + address);
      return 0;
    } catch (Throwable e) { // the library called us: nothing may be thrown through it
      problems.report("node " + address, "no connection: " + e.getMessage());
      return 1;
    }
  }

  private void check(String call, int result) throws IOException {
    if (result != 0) {
      throw new IOException("dqlite_node_" + call + ": " + said(lib, node) + " (" + result + ")");
    }
  }

  private static String said(LibDqlite lib, Pointer node) {
    String message = lib.node_errmsg(node);
    return message == null || message.isBlank() ? "failed" : message;
  }
}
