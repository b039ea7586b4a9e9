package io.kneard.dqlite;

import io.kneard.dqlite.node.LibDqlite;
import io.kneard.dqlite.node.NodeMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a node's process. Its first word, {@code ready}, {@code refused}, {@code missing} or
 * {@code failed}, is its answer to the start; everything else it writes goes to the log.
 */
final class NodeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);

  /**
   * A small JVM: the host's memory is for others. -Xrs leaves the signals alone, which the node
   * ignores: they are for the daemon to answer.
   */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx24m",
          "-Xss256k",
          "-Xrs",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=16m",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-CreateCoredumpOnCrash",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "--enable-native-access=ALL-UNNAMED");

  /** libuv's threads: connections to nodes that do not answer must not hold up writes to disk. */
  private static final String WORKERS = "8";

  private static final int SIGNALLED = 128;

  private final Process process;
  private final CompletableFuture<String> answer = new CompletableFuture<>();

  private NodeProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it. The process ends when the calling thread does.
   *
   * @throws IOException if there is no such program, or no room for a process
   */
  static NodeProcess start(NodeSettings settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.add("-XX:ErrorFile=" + settings.home().resolve("crash-%p.log"));
    if (System.getProperty(LibDqlite.FILE_PROPERTY) != null) {
      command.add(
          "-D" + LibDqlite.FILE_PROPERTY + "=" + System.getProperty(LibDqlite.FILE_PROPERTY));
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(NodeMain.class.getName());
    command.add(Long.toString(ProcessHandle.current().pid()));
    command.addAll(settings.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(new File("/")).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    builder.environment().put("UV_THREADPOOL_SIZE", WORKERS);
    NodeProcess node = new NodeProcess(builder.start());
    Thread reader = new Thread(node::listen, "dqlite-output");
    reader.setDaemon(true);
    reader.start();
    return node;
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (answer.isDone() || !line.matches("(ready|refused|missing|failed) .*")) {
          LOG.info("node: {}", line);
        } else {
          answer.complete(line);
        }
      }
    } catch (IOException e) {
      // As good as its end.
    }
    answer.complete("failed without a word");
  }

  /** Its answer to the start: a word, a space and what there is to say. */
  String awaitStart(Duration within) throws InterruptedException {
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return "failed no answer within " + within;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean awaitEnd(Duration within) throws InterruptedException {
    return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How it ended. */
  String ending() {
    int status = process.exitValue();
    return status > SIGNALLED
        ? "ended by signal " + (status - SIGNALLED)
        : "ended with status " + status;
  }

  /** Gives it an order; one that has ended hears nothing. */
  void order(String line) {
    OutputStream orders = process.getOutputStream();
    try {
      orders.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      orders.flush();
    } catch (IOException e) {
      // Whoever waits for its end learns of it.
    }
  }

  /** Ends it at once; its data are as safe as after a power failure. */
  void kill() {
    process.destroyForcibly();
  }
}
