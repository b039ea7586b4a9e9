package io.kneard.dqlite;

import io.kneard.dqlite.node.NodeMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
    List<String> arguments = new ArrayList<>();
    arguments.add(Long.toString(ProcessHandle.current().pid()));
    arguments.addAll(settings.arguments());
    String crashes = "-XX:ErrorFile=" + settings.home().resolve("crash-%p.log");
    NodeProcess node =
        new NodeProcess(NodeProgram.of(NodeMain.class, List.of(crashes), arguments).start());
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
