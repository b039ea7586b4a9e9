package io.kneard.ctl.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

  private static String body(String answer) throws IOException {
    return HttpAnswer.text(read(answer).wholeBody(1000));
  }

  private static HttpAnswer read(String answer) throws IOException {
    return HttpAnswer.read(new ByteArrayInputStream(answer.getBytes(UTF_8)));
  }

  @Test
  void aBodyHasTheAnnouncedLengthAndNothingAfterIt() throws IOException {
    assertThat(body("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloMORE")).isEqualTo("hello");
  }

  @Test
  void chunksAreJoinedAndExtensionsAndTrailersDropped() throws IOException {
    String answer =
        "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n"
            + "5;x=y\r\nhello\r\n00A\r\n, world 12\r\n0\r\nTrailer: t\r\n\r\nMORE";
    assertThat(body(answer)).isEqualTo("hello, world 12");
  }

  @Test
  void withoutALengthTheBodyEndsWithTheConnection() throws IOException {
    assertThat(body("HTTP/1.0 200\n\nhello")).isEqualTo("hello");
  }

  @Test
  void interimAnswersArePassedOver() throws IOException {
    HttpAnswer answer = read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 409 Conflict\r\n\r\n");
    assertThat(answer.status()).isEqualTo(409);
  }

  @Test
  void anAnswerWithoutContentHasNoBody() throws IOException {
    assertThat(body("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000\r\n\r\n",
        "HTTP/1.1 099 X\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFF\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
      })
  void whatIsNotHttpIsRefused(String answer) {
    String padded = answer.endsWith("1001\r\n\r\n") ? answer + "x".repeat(1001) : answer;
    assertThatThrownBy(() -> body(padded)).isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @CsvSource({"Content-Length: 5, hel", "Transfer-Encoding: chunked, 5", "X: y, ''"})
  void anAnswerCutShortIsNotTakenForAWholeOne(String header, String rest) {
    String answer = "HTTP/1.1 200 OK\r\n" + header + "\r\n";
    String cut = rest.isEmpty() ? answer : answer + "\r\n" + rest;
    assertThatThrownBy(() -> body(cut)).isInstanceOf(EOFException.class);
  }

  @Test
  void anEndlessHeadIsGivenUp() {
    assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nA: " + "a".repeat(20_000)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("larger than 16384 bytes");
    StringBuilder many = new StringBuilder("HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 100; i++) {
      many.append("A").append(i).append(": b\r\n");
    }
    assertThatThrownBy(() -> read(many + "\r\n")).hasMessage("more than 64 headers");
  }

  @Test
  void anyBytesEitherGiveAnAnswerOrAnIoException() {
    Random random = new Random(42);
    String valid = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    for (int i = 0; i < 5000; i++) {
      byte[] bytes = valid.getBytes(UTF_8);
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        HttpAnswer.read(new ByteArrayInputStream(bytes)).wholeBody(1000);
      } catch (IOException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
    }
  }
}
