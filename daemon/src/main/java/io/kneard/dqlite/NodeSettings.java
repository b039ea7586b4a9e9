package io.kneard.dqlite;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What one node is started with. It travels to the node's process as arguments, so there is no
 * secret in it: certificates and keys are named by their files.
 *
 * @param id the node's number in the cluster, the same at each start, never 0; {@link
 *     #BOOTSTRAP_ID} for the first node of a new cluster and for no other
 * @param address how the other nodes reach it, {@code host:port}, the same at each start
 * @param home its folder, see {@link NodeHome}
 * @param fresh whether it may begin without data: true when it founds a cluster or joins one, false
 *     at every later start, so that missing data are an error
 * @param latency what a message between nodes takes, 1 ms to 1 h; an election starts after 15 times
 *     that
 * @param failureDomain what it shares its fate with, such as a rack; 0 if that is not known
 * @param network how it talks to other nodes; without, it is reached on its own host only
 */
public record NodeSettings(
    long id,
    String address,
    Path home,
    boolean fresh,
    Duration latency,
    long failureDomain,
    Optional<Network> network) {

  /** The one id with which the library begins a new cluster; the same as in other languages. */
  public static final long BOOTSTRAP_ID = 0x2dc171858c3155beL;

  /** Also begins a new cluster, in the library; not used, and refused, to have one way only. */
  private static final long OTHER_BOOTSTRAP_ID = 1;

  /** What was measured to give a new leader within 0.6 s on one site. */
  public static final Duration DEFAULT_LATENCY = Duration.ofMillis(20);

  private static final Duration LONGEST_LATENCY = Duration.ofHours(1);

  /**
   * The mutual TLS between nodes. The files are PEM and are read at the start and at each reload.
   *
   * @param listen {@code host:port} to accept other nodes on
   * @param certificate the node's certificate, with its chain if there is one
   * @param key its private key, PKCS#8
   * @param trusted certificates of nodes that may connect and be connected to; no authorities: a
   *     node's own certificate has to be in it
   */
  public record Network(String listen, Path certificate, Path key, Path trusted) {
    /** Checks the address. */
    public Network {
      parseAddress("listen", listen);
    }
  }

  /** Checks what can be checked without looking at the files. */
  public NodeSettings {
    if (id == 0 || id == OTHER_BOOTSTRAP_ID) {
      throw new IllegalArgumentException("id = " + id + ": any number but 0 and 1 is wanted");
    }
    parseAddress("address", address);
    if (latency.toMillis() < 1 || latency.compareTo(LONGEST_LATENCY) > 0) {
      throw new IllegalArgumentException("latency = " + latency + ": 1 ms to 1 h are wanted");
    }
  }

  /** A number for a further node of a cluster; it is positive, and no two are likely the same. */
  public static long newId() {
    return ThreadLocalRandom.current().nextLong(2, BOOTSTRAP_ID);
  }

  /**
   * Reads {@code host:port}; an IPv6 address is in brackets.
   *
   * @param what names the setting in the error
   */
  public static InetSocketAddress parseAddress(String what, String address) {
    int colon = address.lastIndexOf(':');
    String host = colon < 1 ? "" : address.substring(0, colon);
    int port = port(address.substring(colon + 1));
    if (host.isEmpty() || port < 1 || port > 65535 || address.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException(what + " = '" + address + "': host:port is wanted");
    }
    return InetSocketAddress.createUnresolved(host.replaceAll("^\\[(.*)]$", "$1"), port);
  }

  private static int port(String text) {
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
  }

  /** As arguments of the node's program; {@link #parse} is the inverse. */
  public List<String> arguments() {
    List<String> all =
        new ArrayList<>(
            List.of(
                "id=" + id,
                "address=" + address,
                "home=" + home,
                "fresh=" + fresh,
                "latency-ms=" + latency.toMillis(),
                "failure-domain=" + failureDomain));
    network.ifPresent(
        it -> {
          all.add("listen=" + it.listen);
          all.add("certificate=" + it.certificate);
          all.add("key=" + it.key);
          all.add("trusted=" + it.trusted);
        });
    return all;
  }

  /** Reads what {@link #arguments} wrote. */
  public static NodeSettings parse(List<String> arguments) {
    Arguments given = Arguments.of(arguments);
    return new NodeSettings(
        given.number("id"),
        given.text("address"),
        Path.of(given.text("home")),
        Boolean.parseBoolean(given.text("fresh")),
        Duration.ofMillis(given.number("latency-ms")),
        given.number("failure-domain"),
        given
            .optional("listen")
            .map(
                listen ->
                    new Network(
                        listen,
                        Path.of(given.text("certificate")),
                        Path.of(given.text("key")),
                        Path.of(given.text("trusted")))));
  }
}
