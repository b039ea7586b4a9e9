package io.kneard.drbdstandin;

import io.kneard.drbd.Ran;
import io.kneard.testbed.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The kernels behind {@code tests/lib/drbd}: programs of the names of the real ones, which
 * installed daemons run, ask here what the real kernel would be asked. Time passes by itself.
 *
 * <p>A request is the host, the program, the number of arguments and the arguments, a line each.
 * The answer are lines that begin with {@code o} for the program's output, {@code e} for its
 * complaints and, at last, {@code x} for its exit status.
 */
public final class ToolServer implements AutoCloseable {
  /** In the environment of the programs. */
  public static final String VARIABLE = "DRBD_STANDIN";

  private static final long STEP_MILLIS = 20;
  private static final int ARGUMENTS_MAX = 64;
  private static final int SPLIT_ALL = -1;

  private final Hosts hosts;
  private final ServerSocket socket;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Map<String, Interruption> interruptions = new ConcurrentHashMap<>();
  private final Map<String, HostTools> tools = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool(ToolServer::daemon);
  private final ScheduledExecutorService time =
      Executors.newSingleThreadScheduledExecutor(ToolServer::daemon);
  private final Future<?> passing;

  /** Something that happens instead of a command. */
  private record Interruption(Predicate<String> command, Runnable what) {}

  /** Begins to serve these hosts. */
  public ToolServer(Hosts hosts) throws IOException {
    this.hosts = hosts;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
    this.passing =
        time.scheduleWithFixedDelay(
            () -> hosts.pass(STEP_MILLIS), STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "drbd-standin");
    thread.setDaemon(true);
    return thread;
  }

  /** What {@link #VARIABLE} is to be, so that the programs are those of a host of this name. */
  public String address(String host) {
    return socket.getLocalPort() + " " + host;
  }

  /** Where the programs are. */
  public static Path folder() {
    return Checkout.root().resolve("tests/lib/drbd");
  }

  /** What is typed to look at a host's kernel. */
  public String look(String host) {
    return "%s='%s' %s/drbdsetup status".formatted(VARIABLE, address(host), folder());
  }

  /** The kernels. */
  public Hosts hosts() {
    return hosts;
  }

  /** Every command of a host so far that may have changed something. */
  public List<String> changes(String host) {
    synchronized (hosts) {
      return tools(host).changes();
    }
  }

  /** When this host is about to run such a command, this happens instead, once. */
  public void insteadOf(String host, Predicate<String> command, Runnable what) {
    interruptions.put(host, new Interruption(command, what));
  }

  private HostTools tools(String host) {
    return tools.computeIfAbsent(host, name -> new HostTools(hosts, name));
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        clients.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        InputStream in = client.getInputStream();
        OutputStream out = client.getOutputStream()) {
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      String host = line(reader);
      String program = line(reader);
      int count = Integer.parseInt(line(reader));
      if (count > ARGUMENTS_MAX) {
        throw new IOException(count + " arguments");
      }
      List<String> arguments = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        arguments.add(line(reader));
      }
      answer(host, program, arguments, client, out);
    } catch (IOException | NumberFormatException e) {
      // Whoever asked has gone, or is none of the programs.
    } finally {
      clients.remove(client);
    }
  }

  private static String line(BufferedReader reader) throws IOException {
    return Optional.ofNullable(reader.readLine()).orElseThrow(() -> new IOException("cut short"));
  }

  private void answer(
      String host, String program, List<String> arguments, Socket client, OutputStream out)
      throws IOException {
    if (!arguments.isEmpty() && arguments.get(0).equals("events2")) {
      Listening listener = new Listening(client, out);
      new EventStream(hosts, host, arguments.contains("--timestamps")).run(listener);
      return;
    }
    String command = program + " " + String.join(" ", arguments);
    Interruption due = interruptions.get(host);
    if (due != null && due.command().test(command) && interruptions.remove(host, due)) {
      due.what().run();
      return;
    }
    Ran ran = tools(host).run(program, arguments);
    if (ran.ending() == Ran.Ending.HUNG) {
      new Listening(client, out).hang();
      return;
    }
    StringBuilder text = new StringBuilder();
    lines(text, 'o', ran.out());
    lines(text, 'e', ran.err());
    text.append('x').append(Math.max(ran.exit(), 0)).append('\n');
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void lines(StringBuilder text, char mark, String output) {
    String[] lines = output.stripTrailing().split("\n", SPLIT_ALL);
    for (int i = 0; i < lines.length && !output.isEmpty(); i++) {
      text.append(mark).append(lines[i]).append('\n');
    }
  }

  /** A program that waits for what it is told. */
  private record Listening(Socket client, OutputStream out) implements EventStream.Listener {
    private static final int LOOK_MILLIS = 50;

    /** Until whoever asked is killed. */
    void hang() throws IOException {
      boolean there = true;
      while (there) {
        there = listens();
      }
    }

    @Override
    public void line(String line) throws IOException {
      out.write(("o" + line + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    @Override
    public boolean listens() throws IOException {
      client.setSoTimeout(LOOK_MILLIS);
      try {
        return client.getInputStream().read() >= 0;
      } catch (SocketTimeoutException e) {
        return true;
      }
    }
  }

  @Override
  public void close() throws IOException {
    passing.cancel(true);
    time.shutdownNow();
    socket.close();
    for (Socket client : clients) {
      client.close();
    }
    threads.shutdownNow();
  }
}
