package io.kneard.drbd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands as processes, one after the other. One that the kernel does not let go, even when
 * it is killed, is left behind together with its two readers: nobody waits for it, and no other
 * command is started beside it.
 */
public final class Processes implements Tools {
  private static final int OUTPUT_MAX = 1 << 20;
  private static final long READERS_MILLIS = 1000;
  private static final long KILL_MILLIS = 200;

  private final Map<String, String> environment;
  private final Path folder;
  private Optional<Process> stuck = Optional.empty();

  /** The tools as the system has them. */
  public Processes() {
    this(Map.of(), Path.of("/"));
  }

  /**
   * @param environment of the processes, beside the daemon's own; its PATH is where tools are found
   * @param folder they are run in
   */
  public Processes(Map<String, String> environment, Path folder) {
    this.environment = Map.copyOf(environment);
    this.folder = folder;
  }

  @Override
  public synchronized Ran run(Command command) throws InterruptedException {
    if (stuck.filter(Process::isAlive).isPresent()) {
      return new Ran(Ran.Ending.HUNG, -1, "", "an earlier command still hangs");
    }
    Process process;
    try {
      process = builder(command).start();
      process.getOutputStream().close();
    } catch (IOException e) {
      return new Ran(Ran.Ending.NOT_STARTED, -1, "", String.valueOf(e.getMessage()));
    }
    Reader out = new Reader(process.getInputStream(), command.tool().program() + "-out");
    Reader err = new Reader(process.getErrorStream(), command.tool().program() + "-err");
    try {
      if (process.waitFor(command.bound().toMillis(), TimeUnit.MILLISECONDS)) {
        out.join(READERS_MILLIS);
        err.join(READERS_MILLIS);
        return Ran.exited(process.exitValue(), out.text(), err.text());
      }
      giveUp(process);
      return new Ran(Ran.Ending.HUNG, -1, out.text(), err.text());
    } finally {
      process.destroyForcibly();
    }
  }

  private ProcessBuilder builder(Command command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(program(command.tool().program()));
    line.addAll(command.arguments());
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    return builder;
  }

  /**
   * Java looks a program up in the PATH of this process, not in the one given to the new process.
   */
  private String program(String name) throws IOException {
    String path = environment.get("PATH");
    if (path == null) {
      return name;
    }
    for (String place : path.split(":", -1)) {
      Path program = Path.of(place, name);
      if (Files.isExecutable(program)) {
        return program.toString();
      }
    }
    throw new IOException("not found in " + path);
  }

  private void giveUp(Process process) throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(KILL_MILLIS, TimeUnit.MILLISECONDS)) {
      stuck = Optional.of(process);
    }
  }

  /** Reads to the end, and keeps the beginning. */
  private static final class Reader extends Thread {
    private final InputStream stream;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Reader(InputStream stream, String name) {
      super(name);
      this.stream = stream;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      byte[] buffer = new byte[8192];
      try (stream) {
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
          keep(buffer, n);
        }
      } catch (IOException e) {
        // The process was killed: what has been read is all there is.
      }
    }

    private synchronized void keep(byte[] buffer, int n) {
      kept.write(buffer, 0, Math.min(n, OUTPUT_MAX - kept.size()));
    }

    synchronized String text() {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
