package io.kneard.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Consul's address as an URL; credentials have no place in it, they would end up in logs. */
final class ConsulUrl {
  private static final String WISH = "an http:// or https:// URL, such as http://localhost:8500";

  private ConsulUrl() {}

  static Parsed<URI> parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      return Parsed.refused(WISH);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Parsed.refused(WISH);
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
      return Parsed.refused("no user, password or token in the URL; set consul.token-file");
    }
    if (uri.getHost() == null || uri.getPort() > 65535 || uri.getRawFragment() != null) {
      return Parsed.refused(WISH);
    }
    if (!uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/")) {
      return Parsed.refused("no path after host and port, such as http://localhost:8500");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("http") ? 80 : 443;
    return Parsed.value(URI.create(scheme + "://" + uri.getHost() + ":" + port));
  }

  /** The text without what may be a secret in it; for messages. */
  static String redacted(String text) {
    String shown = text.replaceFirst("[?#].*", "?***");
    int at = shown.lastIndexOf('@');
    if (at < 0) {
      return shown;
    }
    int scheme = shown.indexOf("://");
    return (scheme < 0 || scheme > at ? "" : shown.substring(0, scheme + 3))
        + "***"
        + shown.substring(at);
  }
}
