package io.kneard.dqlite.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1234567", "12345678", "123456789", "größer", "😀", "1234567ü"})
  void aTextComesBackAsItWasSentAndWhatFollowsItToo(String text) throws MalformedMessage {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer body = ByteBuffer.allocate((bytes.length + Long.BYTES) / Long.BYTES * Long.BYTES);
    body.put(bytes).clear();
    ByteBuffer both = ByteBuffer.allocate(body.capacity() + Long.BYTES).put(body).put((byte) 'x');
    both.clear();

    MessageReader reader = new MessageReader(Response.DATABASE, both);

    assertThat(reader.text()).isEqualTo(text);
    assertThat(reader.text()).isEqualTo("x");
    assertThat(reader.hasMore()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\0", "\uD83D", "\uDE00x", "\uD83D\uD83D"})
  void aTextThatWouldComeBackAsAnotherIsNotSent(String text) {
    assertThatThrownBy(() -> new MessageWriter(Request.EXEC_SQL).text(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use bytes");
  }

  @Test
  void aTextWithoutAnEndIsMalformed() {
    ByteBuffer body = ByteBuffer.allocate(16);
    body.put("sixteen letters!".getBytes(StandardCharsets.UTF_8)).clear();

    assertThatThrownBy(() -> new MessageReader(Response.DATABASE, body).text())
        .isInstanceOf(MalformedMessage.class);
  }
}
