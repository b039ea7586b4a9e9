package io.kneard.dqlite.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.dqlite.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The protocol's messages, byte by byte. */
class MessagesTest {
  private static String hex(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  private static MessageReader reader(Response type, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    return new MessageReader(type, ByteBuffer.wrap(bytes));
  }

  @Test
  void aRequestCountsItsWordsAndFillsItsTexts() {
    assertThat(hex(new MessageWriter(Request.OPEN).text("test").word(0).text("volatile").finish()))
        .isEqualTo(
            "04 00 00 00 03 00 00 00"
                + " 74 65 73 74 00 00 00 00"
                + " 00 00 00 00 00 00 00 00"
                + " 76 6f 6c 61 74 69 6c 65 00 00 00 00 00 00 00 00");
  }

  @Test
  void parametersHaveTheirTypesBeforeThem() {
    List<Value> values =
        List.of(
            Value.of(1),
            Value.of("a"),
            Value.of(new byte[] {9}),
            Value.of(null),
            Value.of(true),
            new Value.UnixTime(2));
    assertThat(hex(new MessageWriter(Request.EXEC).halves(0, 7).parameters(values).finish()))
        .isEqualTo(
            "09 00 00 00 05 00 00 00"
                + " 00 00 00 00 07 00 00 00"
                + " 06 01 03 04 05 0b 01 00"
                + " 01 00 00 00 00 00 00 00"
                + " 61 00 00 00 00 00 00 00"
                + " 01 00 00 00 00 00 00 00 09 00 00 00 00 00 00 00"
                + " 00 00 00 00 00 00 00 00"
                + " 01 00 00 00 00 00 00 00"
                + " 02 00 00 00 00 00 00 00");
  }

  @Test
  void moreParametersThanAByteCountsNeedTheSecondSchema() {
    ByteBuffer message =
        new MessageWriter(Request.QUERY_SQL)
            .parameters(Collections.nCopies(256, Value.of(1)))
            .finish();
    assertThat(message.get(5)).isEqualTo((byte) 1);
    assertThat(message.order(ByteOrder.LITTLE_ENDIAN).getInt(8)).isEqualTo(256);
    assertThat(message.remaining()).isEqualTo(8 + 8 * ((4 + 256 + 7) / 8) + 256 * 8);
  }

  @Test
  void rowsAreReadToTheEndOfTheirPart() throws MalformedMessage {
    MessageReader message =
        reader(
            Response.ROWS,
            "0200000000000000 6100000000000000 6200000000000000"
                + "3100000000000000 0500000000000000 7879000000000000"
                + "5b00000000000000 0100000000000000 0000000000000000"
                + "eeeeeeeeeeeeeeee");
    List<List<Value>> rows = new ArrayList<>();
    assertThat(message.columns()).containsExactly("a", "b");
    assertThat(message.rows(2, rows)).isEqualTo(MessageReader.PartEnd.MORE);
    assertThat(rows)
        .containsExactly(
            List.of(Value.of(5), Value.of("xy")), List.of(Value.of(true), new Value.Null()));
  }

  @Test
  void aLengthPastTheEndIsNotBelieved() {
    assertThatThrownBy(() -> reader(Response.ROWS, "ff00000000000000").blob())
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("255 bytes");
    assertThatThrownBy(() -> reader(Response.ROWS, "ffffffffffffffff").blob())
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> reader(Response.ROWS, "6161616161616161").text())
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> reader(Response.ROWS, "ffffffff00000000").columns())
        .isInstanceOf(MalformedMessage.class);
  }

  @Property(tries = 2000)
  void whateverComesInIsReadOrRefused(
      @ForAll @Size(max = 80) byte[] bytes, @ForAll @IntRange(min = 1, max = 20) int columns) {
    MessageReader message = new MessageReader(Response.ROWS, ByteBuffer.wrap(bytes));
    try {
      message.columns();
      message.rows(columns, new ArrayList<>());
    } catch (MalformedMessage e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  void anUnknownResponseIsRefused() {
    assertThatThrownBy(() -> ResponseHeader.parse(ByteBuffer.allocate(8).putInt(4, 0x63000000)))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("99");
  }
}
