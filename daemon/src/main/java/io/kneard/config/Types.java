package io.kneard.config;

import io.kneard.config.ValueType.Form;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of the values in {@link Keys}. */
final class Types {
  private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}");
  private static final Pattern GROUP = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}\\$?");
  private static final Pattern PEER_KEY =
      Pattern.compile("(ed25519|secp256k1):[1-9A-HJ-NP-Za-km-z]{32,100}");

  private static final Pattern POOL =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9_.-]{0,47}="
              + "(lvm-thin:[A-Za-z0-9+_.-]+/[A-Za-z0-9+_.-]+|lvm:[A-Za-z0-9+_.-]+|files:/.+)");
  private static final Pattern NETWORK = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]{0,47})=(.+)");

  private static final Pattern VOLUME_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,47}");
  private static final Pattern TOKEN =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  /** The kernel's limit for the path of a Unix socket, without the final zero byte. */
  private static final int SOCKET_PATH_BYTES = 107;

  private Types() {}

  static final ValueType<String> NODE =
      matching("name", NODE_ID, "1 to 128 of letters, digits and . _ : @ -, without spaces");
  static final ValueType<String> SYSTEM_GROUP = matching("group", GROUP, "the name of a group");
  static final ValueType<String> ACCOUNT = text("account id", AccountId::parse);
  static final ValueType<Path> PATH =
      ValueType.of(Form.STRING, "path", Types::path, Path::toString);
  static final ValueType<Path> KEY_PATH =
      secretPath("the path of a key file, not the key itself", Types::looksLikeKey);
  static final ValueType<Path> TOKEN_PATH =
      secretPath("the path of a file with the token, not the token itself", Types::looksLikeToken);
  static final ValueType<Path> SOCKET_PATH =
      ValueType.of(Form.STRING, "path", Types::socketPath, Path::toString);
  static final ValueType<String> COMMAND = text("command", Types::command);
  static final ValueType<HostPort> ADDRESS =
      ValueType.of(Form.STRING, "host:port", HostPort::parse, HostPort::toString);
  static final ValueType<HostPort> IP_ADDRESS =
      ValueType.of(Form.STRING, "ip:port", HostPort::parseIp, HostPort::toString);
  static final ValueType<List<String>> IPS = ValueType.listOf(text("ip", Types::ip));
  static final ValueType<List<String>> POOLS =
      ValueType.listOf(
          matching(
              "NAME=KIND:PLACE",
              POOL,
              "NAME=lvm-thin:GROUP/POOL, NAME=lvm:GROUP or NAME=files:/FOLDER"));
  static final ValueType<String> VOLUME =
      matching("volume", VOLUME_NAME, "1 to 48 of letters, digits and _ . -, without spaces");
  static final ValueType<List<String>> NETWORKS = ValueType.listOf(text("NAME=ip", Types::network));
  static final ValueType<List<String>> PEERS = ValueType.listOf(text("KEY@ip:port", Types::peer));
  static final ValueType<List<URI>> CONSUL_URLS =
      ValueType.listOf(
          ValueType.of(Form.STRING, "URL", ConsulUrl::parse, URI::toString)
              .redacting(ConsulUrl::redacted));
  static final ValueType<Boolean> SWITCH =
      ValueType.of(
          Form.BOOLEAN,
          "true or false",
          text ->
              text.equals("true") || text.equals("false")
                  ? Parsed.value(Boolean.valueOf(text))
                  : Parsed.refused("true or false"),
          String::valueOf);

  static ValueType<Duration> duration(String least, String most) {
    Duration min = Durations.parse(least).orElseThrow();
    Duration max = Durations.parse(most).orElseThrow();
    Parsed<Duration> refusal =
        Parsed.refused(
            "a number with its unit ms, s, m or h, from %s to %s".formatted(least, most));
    Function<String, Parsed<Duration>> parser =
        text ->
            Durations.parse(text)
                .filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0)
                .map(Parsed::value)
                .orElse(refusal);
    return ValueType.of(Form.STRING, "duration", parser, Durations::show);
  }

  static ValueType<Integer> count(int least, int most) {
    Parsed<Integer> refusal = Parsed.refused("a whole number from %d to %d".formatted(least, most));
    Function<String, Parsed<Integer>> parser =
        text -> {
          if (!text.matches("\\d{1,9}")) {
            return refusal;
          }
          int number = Integer.parseInt(text);
          return number >= least && number <= most ? Parsed.value(number) : refusal;
        };
    return ValueType.of(Form.INTEGER, "count", parser, String::valueOf);
  }

  static ValueType<Integer> oddCount(int least, int most) {
    ValueType<Integer> all = count(least, most);
    return ValueType.of(
        Form.INTEGER,
        "odd count",
        text ->
            all.parser()
                .apply(List.of(text))
                .then(
                    number ->
                        number % 2 == 1
                            ? Parsed.value(number)
                            : Parsed.refused("an odd number from %d to %d".formatted(least, most))),
        String::valueOf);
  }

  static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
    List<E> choices = List.of(type.getEnumConstants());
    Function<E, String> shown = choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    String wish = String.join(", ", choices.stream().map(shown).toList());
    Function<String, Parsed<E>> parser =
        text ->
            choices.stream()
                .filter(choice -> shown.apply(choice).equals(text))
                .findFirst()
                .map(Parsed::value)
                .orElse(Parsed.refused("one of " + wish));
    return ValueType.of(Form.STRING, wish.replace(", ", " / "), parser, shown);
  }

  /** People paste secrets where a path belongs; those must not be repeated in a message. */
  private static ValueType<Path> secretPath(String wish, Predicate<String> looksLikeSecret) {
    Function<String, Parsed<Path>> parser =
        text -> looksLikeSecret.test(text) ? Parsed.refused(wish) : path(text);
    return ValueType.of(Form.STRING, "path", parser, Path::toString)
        .redacting(text -> looksLikeSecret.test(text) ? "***" : text);
  }

  private static boolean looksLikeKey(String text) {
    return text.contains("ed25519:") || text.contains("{");
  }

  private static boolean looksLikeToken(String text) {
    return TOKEN.matcher(text.strip()).matches();
  }

  private static ValueType<String> text(String unit, Function<String, Parsed<String>> parser) {
    return ValueType.of(Form.STRING, unit, parser, Function.identity());
  }

  private static ValueType<String> matching(String unit, Pattern form, String wish) {
    return text(
        unit, text -> form.matcher(text).matches() ? Parsed.value(text) : Parsed.refused(wish));
  }

  private static Parsed<Path> path(String text) {
    if (text.isBlank() || text.startsWith("~")) {
      return Parsed.refused("a path, written out in full: no ~");
    }
    try {
      return Parsed.value(Path.of(text).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      return Parsed.refused("a path");
    }
  }

  private static Parsed<Path> socketPath(String text) {
    return path(text)
        .then(
            path ->
                path.toString().getBytes(StandardCharsets.UTF_8).length <= SOCKET_PATH_BYTES
                    ? Parsed.value(path)
                    : Parsed.refused(
                        "at most %d bytes, the limit of Unix sockets"
                            .formatted(SOCKET_PATH_BYTES)));
  }

  /** A bare name is left to the search path; anything else is a path. */
  private static Parsed<String> command(String text) {
    boolean bare = !text.isBlank() && !text.contains("/") && !text.startsWith("~");
    return bare ? Parsed.value(text) : path(text).then(path -> Parsed.value(path.toString()));
  }

  private static Parsed<String> ip(String text) {
    return HostPort.isIp(text)
        ? Parsed.value(text)
        : Parsed.refused("an IP address without key and port, such as 203.0.113.7");
  }

  private static Parsed<String> network(String text) {
    Matcher shape = NETWORK.matcher(text);
    return shape.matches() && HostPort.isIp(shape.group(2))
        ? Parsed.value(text)
        : Parsed.refused("a name, = and an IP address, such as storage=10.1.0.1");
  }

  private static Parsed<String> peer(String text) {
    Parsed<String> refusal = Parsed.refused("KEY@ip:port, such as ed25519:…@203.0.113.7:24567");
    String[] parts = text.split("@", 2);
    if (parts.length < 2 || !PEER_KEY.matcher(parts[0]).matches()) {
      return refusal;
    }
    return HostPort.parse(parts[1]) instanceof Parsed.Value ? Parsed.value(text) : refusal;
  }

  /** A list written in one text, as the environment and flags have it. */
  static List<String> split(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
