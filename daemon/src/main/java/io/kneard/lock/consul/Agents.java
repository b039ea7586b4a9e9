package io.kneard.lock.consul;

import com.orbitz.consul.ConsulException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents, asked in turn, beginning with the one that answered last. A call is bounded as a
 * whole: each agent gets its share of what is left, so that a hung one leaves time for the others.
 */
final class Agents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agents.class);
  private static final String NEEDED_ACL =
      "the ACL token (consul.token-file) needs key_prefix \"kneard-leader/\" write and"
          + " session_prefix \"\" write";

  /** What is asked of one agent within that time. */
  interface Exchange<T> {
    T with(Agent agent, Duration bound) throws IOException;
  }

  /**
   * No agent gave an answer that says anything.
   *
   * @param why one part for each agent
   * @param denied whether the last one asked did not accept the token
   */
  record Silence(String why, boolean denied) {}

  private final ConsulOptions options;
  private final Credentials credentials;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<Agent> agents;
  private volatile boolean closed;

  Agents(ConsulOptions options) throws IOException {
    this.options = options;
    this.credentials = new Credentials(options);
    this.agents = agents();
  }

  private List<Agent> agents() {
    Duration share = options.timeout().dividedBy(options.urls().size());
    return options.urls().stream().map(url -> new Agent(url, credentials.now(), share)).toList();
  }

  /** Asks until one answers; the exchange may be repeated. */
  <T> T ask(Exchange<T> exchange, Function<String, T> unreachable) {
    return ask(exchange, true, silence -> unreachable.apply(silence.why()));
  }

  /** Asks the next agent only if the last one certainly has not been asked. */
  <T> T askOnce(Exchange<T> exchange, Function<Silence, T> silence) {
    return ask(exchange, false, silence);
  }

  private <T> T ask(Exchange<T> exchange, boolean repeatable, Function<Silence, T> silence) {
    long begun = System.nanoTime();
    long bound = options.timeout().toNanos();
    StringJoiner why = new StringJoiner("; ");
    boolean denied = false;
    for (int left = agents.size(); left > 0 && !closed; left--) {
      long rest = bound - (System.nanoTime() - begun);
      if (rest <= 0) {
        break;
      }
      int place = turn.get();
      Agent agent = agents.get(place);
      try {
        return exchange.with(agent, Duration.ofNanos(repeatable ? rest / left : rest));
      } catch (IOException | RuntimeException e) {
        why.add(agent.url + ": " + sentence(e));
        denied = code(e) == Rejected.FORBIDDEN;
        if (denied && credentials.tokenChanged()) {
          LOG.info("{} refused the ACL token; another one was found in its file", agent.url);
          renew();
          left++; // the same agent again, with the new token
        } else {
          passOver(place, agent);
          if (!repeatable && !neverAsked(e)) {
            break;
          }
        }
      }
    }
    return silence.apply(
        new Silence(why.length() == 0 ? "the lock is closed" : why.toString(), denied));
  }

  private void passOver(int place, Agent agent) {
    if (options.urls().size() > 1
        && turn.compareAndSet(place, (place + 1) % options.urls().size())) {
      agent.endLooks(); // whoever waits at an agent that hangs waits in vain
    }
  }

  private static boolean neverAsked(Exception e) {
    return e instanceof ConnectException
        || e instanceof UnknownHostException
        || e instanceof SSLHandshakeException;
  }

  private static int code(Exception e) {
    if (e instanceof Rejected rejected) {
      return rejected.code;
    }
    return e instanceof ConsulException consul ? consul.getCode() : 0;
  }

  /** What went wrong, in one line of a bounded length. */
  static String sentence(Exception e) {
    Throwable told = e instanceof ConsulException && e.getCause() != null ? e.getCause() : e;
    String text = told.getMessage() == null ? told.toString() : told.getMessage();
    String line = text.strip().replaceAll("\\s+", " ");
    String brief = line.length() > 200 ? line.substring(0, 200) + "..." : line;
    return code(e) == Rejected.FORBIDDEN ? brief + "; " + NEEDED_ACL : brief;
  }

  /** Takes the credentials' files as they are now. */
  void reload() {
    try {
      credentials.read();
      renew();
    } catch (IOException e) {
      LOG.warn("the credentials for Consul stay as they were: {}", e.getMessage());
    }
  }

  private synchronized void renew() {
    if (!closed) {
      List<Agent> old = agents;
      agents = agents();
      old.forEach(Agent::retire);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    agents.forEach(Agent::close);
  }
}
