package io.kneard.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * An address and a port. Nothing is looked up while the settings are read: that could hang.
 *
 * @param host host name, IPv4 address, or IPv6 address without brackets
 * @param port 1 to 65535; 0 means any free one
 */
public record HostPort(String host, int port) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");
  private static final Pattern IPV4 =
      Pattern.compile(
          "((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
  private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");

  static Parsed<HostPort> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || !PORT.matcher(text.substring(colon + 1)).matches()) {
      return Parsed.refused("address and port, such as 127.0.0.1:2233 or [::1]:2233");
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    if (port > 65535) {
      return Parsed.refused("a port of at most 65535");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      String inside = host.substring(1, host.length() - 1);
      return inside.contains(":") && isIp(inside)
          ? Parsed.value(new HostPort(inside, port))
          : Parsed.refused("an IPv6 address between the brackets, such as [::1]:2233");
    }
    if (host.contains(":")) {
      return Parsed.refused("brackets around an IPv6 address, such as [::1]:2233");
    }
    return isName(host) || isIp(host)
        ? Parsed.value(new HostPort(host, port))
        : Parsed.refused("a host name or IP address before the port, such as 127.0.0.1:2233");
  }

  /** As {@link #parse}, but the host has to be an IP address, as neard wants it. */
  static Parsed<HostPort> parseIp(String text) {
    return parse(text)
        .then(
            parsed ->
                isIp(parsed.host())
                    ? Parsed.value(parsed)
                    : Parsed.refused("an IP address and port, such as 0.0.0.0:24567"));
  }

  /** Whether the text is an IPv4 or IPv6 address; a name is never looked up. */
  static boolean isIp(String text) {
    if (!text.contains(":")) {
      return IPV4.matcher(text).matches();
    }
    if (!text.matches("[0-9A-Fa-f:.]{2,45}")) {
      return false;
    }
    try {
      return InetAddress.getByName(text).getAddress().length > 0;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** What is made of digits and dots only is meant as an address, and is none. */
  private static boolean isName(String text) {
    return NAME.matcher(text).matches() && !DIGITS_AND_DOTS.matcher(text).matches();
  }

  /** For binding and connecting; a host name is looked up here, by whoever asks. */
  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(host, port);
  }

  /** {@code host:port}, with brackets around an IPv6 address. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
