package io.kneard.dqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node in a process of its own, started again whenever it ends by itself. This process never
 * loads the library, which ends the process it is in when it meets something unexpected.
 *
 * <p>The node ends with this process, however that ends: the kernel kills it when the thread that
 * started it is gone, so that thread lives as long as this object.
 */
public final class SupervisedNode implements AutoCloseable {
  /**
   * System property with one more option for the JVM of nodes, such as their archive of classes.
   */
  public static final String OPTION_PROPERTY = "dqlite.jvm-option";

  private static final Logger LOG = LoggerFactory.getLogger(SupervisedNode.class);

  /** Reading a large log takes its time. */
  private static final Duration START_BOUND = Duration.ofMinutes(2);

  private static final Duration STOP_BOUND = Duration.ofSeconds(8);
  private static final Duration DEAD_WITHIN = Duration.ofSeconds(5);

  /** A node that answers nobody is as good as dead, and is made so after some such times. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final int SILENCES = 3;

  private static final String MISSING =
      "the database is not available: %s is missing; install Debian's package libdqlite0";

  private final NodeSettings settings;
  private final Consumer<NodeState> listener;
  private final Restarts restarts = new Restarts();
  private final Object change = new Object();
  private final Thread thread;
  private NodeState state = new NodeState.Starting();
  private NodeProcess process;
  private boolean stopping;
  private boolean retry;

  private SupervisedNode(NodeSettings settings, Consumer<NodeState> listener) {
    this.settings = settings;
    this.listener = listener;
    this.thread = new Thread(this::supervise, "dqlite-node");
    thread.setDaemon(true);
  }

  /**
   * Starts a node.
   *
   * @param listener told of each state, from the supervising thread; it must be quick
   */
  public static SupervisedNode start(NodeSettings settings, Consumer<NodeState> listener) {
    SupervisedNode node = new SupervisedNode(settings, listener);
    node.thread.start();
    return node;
  }

  /** What the node is doing. */
  public NodeState state() {
    synchronized (change) {
      return state;
    }
  }

  /** Where to connect to while it runs. */
  public Path socket() {
    return new NodeHome(settings.home()).socket();
  }

  /** Lets it read its certificates again; connections to whom they do not name any more end. */
  public void reload() {
    synchronized (change) {
      if (process != null) {
        process.order("reload");
      }
    }
  }

  /** Starts it at once if it waits or is offline. */
  public void retry() {
    synchronized (change) {
      retry = true;
      change.notifyAll();
    }
  }

  /** Stops it for good, in order if it obeys in time. */
  @Override
  public void close() {
    synchronized (change) {
      stopping = true;
      if (process != null) {
        process.order("stop");
      }
      change.notifyAll();
    }
    try {
      thread.join(STOP_BOUND.toMillis());
      synchronized (change) {
        if (process != null) {
          LOG.warn("the node did not stop within {}: killed", STOP_BOUND);
          process.kill();
        }
      }
      thread.join(DEAD_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void supervise() {
    try {
      while (!isStopping()) {
        enter(new NodeState.Starting());
        long start = System.nanoTime();
        NodeState end = run();
        if (isStopping()) {
          break;
        }
        if (end instanceof NodeState.Down down) {
          Duration again = restarts.after(Duration.ofNanos(System.nanoTime() - start));
          end = new NodeState.Down(down.why(), again);
        }
        enter(end);
        rest(end);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      enter(new NodeState.Stopped());
    }
  }

  /** Runs the node once and says how that ended. */
  private NodeState run() throws InterruptedException {
    NodeProcess node;
    synchronized (change) {
      if (stopping) {
        return new NodeState.Stopped();
      }
      try {
        node = NodeProcess.start(settings);
      } catch (IOException e) {
        return new NodeState.Down("it cannot be started: " + e.getMessage(), Duration.ZERO);
      }
      process = node;
    }
    try {
      return outcome(node);
    } finally {
      node.kill();
      node.awaitEnd(DEAD_WITHIN);
      synchronized (change) {
        process = null;
      }
    }
  }

  private NodeState outcome(NodeProcess node) throws InterruptedException {
    String answer = node.awaitStart(START_BOUND);
    int space = answer.indexOf(' ');
    String rest = answer.substring(space + 1);
    return switch (answer.substring(0, space)) {
      case "ready" -> {
        enter(new NodeState.Running(node.pid(), Integer.parseInt(rest)));
        yield new NodeState.Down(awaitEnd(node), Duration.ZERO);
      }
      case "refused" -> new NodeState.Offline(rest);
      case "missing" -> new NodeState.Offline(MISSING.formatted(rest));
      default -> new NodeState.Down("it did not start: " + rest, Duration.ZERO);
    };
  }

  private String awaitEnd(NodeProcess node) throws InterruptedException {
    int silences = 0;
    while (!node.awaitEnd(LOOK_EVERY)) {
      silences = isStopping() || answers() ? 0 : silences + 1;
      if (silences == SILENCES) {
        return "it does not answer";
      }
    }
    return "it " + node.ending();
  }

  private boolean answers() {
    try (Connection connection = Connection.connect(socket(), settings.address(), ANSWER_WITHIN)) {
      connection.cluster().leader();
      return true;
    } catch (DqliteException e) {
      return false;
    }
  }

  private void rest(NodeState end) throws InterruptedException {
    Duration time = end instanceof NodeState.Down down ? down.again() : Duration.ofDays(1);
    Deadline deadline = Deadline.after(time);
    synchronized (change) {
      while (!stopping && !retry && !(end instanceof NodeState.Down && deadline.passed())) {
        change.wait(Math.max(1, deadline.remaining().toMillis()));
      }
      retry = false;
    }
  }

  private boolean isStopping() {
    synchronized (change) {
      return stopping;
    }
  }

  /** The one place where the state changes. */
  private void enter(NodeState next) {
    synchronized (change) {
      state = next;
    }
    if (next instanceof NodeState.Offline || next instanceof NodeState.Down) {
      LOG.warn("database node: {}", next);
    } else {
      LOG.info("database node: {}", next);
    }
    try {
      listener.accept(next);
    } catch (RuntimeException e) {
      LOG.error("the listener of the database node failed at {}", next, e);
    }
  }
}
