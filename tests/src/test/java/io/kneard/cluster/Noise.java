package io.kneard.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Requests that are nearly right, and bytes that are nothing; the same ones for the same seed. */
final class Noise {
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "\0", "get", "CONNECT");
  private static final List<String> PATHS =
      List.of(
          "/core/1.0",
          "/core/1.0/ready",
          "/core/1.0/cluster/none",
          "/core/1.0/cluster/certificates/..%2f..",
          "/core/1.0/tokens/none",
          "/core/internal/heartbeat",
          "/core/internal/nothing",
          "/../../etc/passwd",
          "*",
          "http://[::1",
          "/%zz",
          "/" + "a".repeat(9000));
  private static final List<String> HEADERS =
      List.of(
          "Host: a",
          "Host: a\r\nHost: b",
          "Content-Length: 5",
          "Content-Length: -1",
          "Content-Length: 99999999999999999999",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: gzip, chunked",
          "Expect: 100-continue",
          "Connection: upgrade\r\nUpgrade: websocket",
          "no colon",
          ": no name",
          "X: " + "b".repeat(9000));
  private static final List<String> KEYS =
      List.of(
          "name",
          "address",
          "certificate",
          "secret",
          "query",
          "leader_address",
          "cluster_members",
          "node_id",
          "extensions",
          "schema_internal_version",
          "other");

  private final Random random;

  Noise(Random random) {
    this.random = random;
  }

  byte[] next() {
    if (random.nextInt(4) == 0) {
      byte[] bytes = new byte[random.nextInt(3000)];
      random.nextBytes(bytes);
      return bytes;
    }
    StringBuilder text = new StringBuilder();
    text.append(one(METHODS)).append(' ').append(one(PATHS)).append(" HTTP/1.1\r\n");
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(one(HEADERS)).append("\r\n");
    }
    text.append("\r\n").append("{\"name\":".repeat(random.nextInt(200)));
    byte[] whole = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    return damaged(whole);
  }

  /** Cut off, or with a few bytes that are others. */
  private byte[] damaged(byte[] whole) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(whole, 0, random.nextBoolean() ? whole.length : random.nextInt(whole.length));
    byte[] bytes = out.toByteArray();
    for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  /** Something of JSON. */
  Object json() {
    return value(3);
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextDouble();
      case 2 -> random.nextBoolean();
      case 3 -> "x".repeat(random.nextInt(40));
      case 4 ->
          List.of("DROP", "../..", "\u0000", "a:1", "-----BEGIN CERTIFICATE-----")
              .get(random.nextInt(5));
      case 5 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
          object.put(one(KEYS), value(depth - 1));
        }
        yield object;
      }
    };
  }

  private String one(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }
}
