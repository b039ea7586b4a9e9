package io.kneard.dqlite.node;

import static io.kneard.dqlite.node.LibC.LIBC;

import io.kneard.dqlite.NodeSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * The program of a node's process: {@code NodeMain PARENT SETTING...}, with the number of the
 * process that starts it and {@link NodeSettings#arguments}.
 *
 * <p>It says one line when it knows how its start went: {@code ready VERSION}, {@code refused WHY},
 * {@code missing WHY} or {@code failed WHY}; then it obeys lines from its standard input: {@code
 * reload} reads the TLS files again and {@code stop} ends it, as does the end of the input. Other
 * things worth knowing go to the standard error. It dies with its parent: the kernel sees to that.
 */
public final class NodeMain {
  private static final Duration STOP_BOUND = Duration.ofSeconds(5);

  private NodeMain() {}

  /** Runs the node until it is told to stop. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream log = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    try {
      List<String> all = List.of(arguments);
      dieWith(Integer.parseInt(all.get(0)));
      ignoreSignals();
      run(NodeSettings.parse(all.subList(1, all.size())), out, log);
      exit(0);
    } catch (Refusal e) {
      out.println("refused " + oneLine(e));
      exit(1);
    } catch (UnsatisfiedLinkError e) {
      log.println(oneLine(e));
      out.println("missing " + LibDqlite.file());
      exit(1);
    } catch (LinkageError e) {
      out.println("failed " + e.getClass().getName() + ": " + oneLine(e));
      exit(1);
    } catch (IOException | RuntimeException e) {
      out.println("failed " + oneLine(e));
      exit(1);
    }
  }

  private static void run(NodeSettings settings, PrintStream out, PrintStream log)
      throws IOException, Refusal {
    LibDqlite lib = LibDqlite.load();
    Problems problems = new Problems(log);
    OwnedHome owned = OwnedHome.take(settings);
    Links links = new Links();
    Optional<Network> network = Optional.empty();
    if (settings.network().isPresent()) {
      network = Optional.of(new Network(settings.network().get(), links));
    }
    String data = owned.home().data().toString();
    Library library = Library.create(lib, settings, data, links, problems);
    library.start();
    owned.checkAfterStart();
    NodeThreads.start("mark", owned::noteWhenDataCome);
    network.ifPresent(library::open);
    LocalDoor local =
        LocalDoor.open(
            owned.home().socket(), settings.address(), network, library, links, problems);
    Optional<NetworkDoor> door = Optional.empty();
    if (network.isPresent()) {
      String listen = settings.network().orElseThrow().listen();
      door = Optional.of(NetworkDoor.open(listen, network.get(), library, links, problems));
    }
    System.gc(); // what the start needed is a good part of this process's memory
    out.println("ready " + lib.version_number());
    obey(network, log);
    local.shut();
    door.ifPresent(NetworkDoor::shut);
    links.endAll();
    stop(library);
  }

  private static void obey(Optional<Network> network, PrintStream log) throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 256);
    String order = orders.readLine();
    while (order != null && !order.equals("stop")) {
      if (order.equals("reload") && network.isPresent()) {
        try {
          network.get().reload();
          log.println("certificates read again");
        } catch (IOException | RuntimeException e) {
          log.println("certificates not read, the old ones stay in use: " + oneLine(e));
        }
      }
      order = orders.readLine();
    }
  }

  /** The library waits for what is under way, and that may not end; its data are safe anyway. */
  private static void stop(Library library) throws IOException {
    NodeThreads.start(
        "stop",
        () -> {
          NodeThreads.rest(STOP_BOUND);
          exit(0);
        });
    library.stop();
  }

  /** This thread lives as long as the process, and the request lives as long as this thread. */
  private static void dieWith(int parent) throws IOException {
    if (LIBC.prctl(LibC.PR_SET_PDEATHSIG, LibC.SIGKILL) != 0) {
      throw LibC.failure("prctl");
    }
    if (LIBC.getppid() != parent) {
      throw new IOException("the process that started this node, " + parent + ", is gone");
    }
  }

  /** What is sent to a whole terminal or control group is the daemon's to answer. */
  private static void ignoreSignals() {
    Pointer ignore = Pointer.wrap(Runtime.getRuntime(LIBC), LibC.IGNORE);
    for (int signal : new int[] {LibC.SIGHUP, LibC.SIGINT, LibC.SIGTERM}) {
      LIBC.signal(signal, ignore);
    }
  }

  /** Without the JVM's farewell, which would wait for threads inside the library. */
  private static void exit(int status) {
    java.lang.Runtime.getRuntime().halt(status);
  }

  private static String oneLine(Throwable e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }
}
