package io.kneard.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Serves what neard serves on {@code rpc.addr}, with the faults in force. */
final class NodeHttp {
  private static final int THREADS = 32;
  private static final int LARGEST_BODY = 64 * 1024;

  private final Chain chain;
  private final String address;
  private final SignerKey nodeKey;
  private final Supplier<View> view;
  private final Supplier<Faults> faults;
  private final LongSupplier clock;

  NodeHttp(
      Chain chain,
      String address,
      SignerKey nodeKey,
      Supplier<View> view,
      Supplier<Faults> faults,
      LongSupplier clock) {
    this.chain = chain;
    this.address = address;
    this.nodeKey = nodeKey;
    this.view = view;
    this.faults = faults;
    this.clock = clock;
  }

  /** Opens the port. */
  void open(InetSocketAddress socket) throws IOException {
    HttpServer server = HttpServer.create(socket, 0);
    server.setExecutor(
        new ThreadPoolExecutor(
            0, THREADS, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), NodeHttp::daemonThread));
    server.createContext("/", this::handle);
    server.start();
  }

  private static Thread daemonThread(Runnable work) {
    Thread thread = new Thread(work, "http");
    thread.setDaemon(true);
    return thread;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      misbehave();
      if (faults.get().unavailable() || view.get().stopping()) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      String path = exchange.getRequestURI().getPath();
      StatusPage page = new StatusPage(chain, address, nodeKey, view.get(), clock.getAsLong());
      switch (path) {
        case "/status" -> json(exchange, 200, page.status(!faults.get().noSyncInfo()));
        case "/health" -> exchange.sendResponseHeaders(view.get().syncing() ? 503 : 200, -1);
        case "/metrics" ->
            send(exchange, 200, "text/plain; version=0.0.4", page.metrics(faults.get()));
        case "/" -> rpc(exchange, page);
        default -> exchange.sendResponseHeaders(404, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void misbehave() throws InterruptedException {
    while (faults.get().hang()) {
      Thread.sleep(50);
    }
  }

  private void rpc(HttpExchange exchange, StatusPage page) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.sendResponseHeaders(405, -1);
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
    Rpc.Answer answer =
        new Rpc(page, faults.get()).answer(new String(body, StandardCharsets.UTF_8));
    json(exchange, answer.status(), answer.body());
  }

  private static void json(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, "application/json", body);
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
