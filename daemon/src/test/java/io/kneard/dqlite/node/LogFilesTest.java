package io.kneard.dqlite.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage in the library's log files is found before the library sees it. */
class LogFilesTest {
  /** The first file of a new cluster, as libdqlite 1.11.1 wrote it. */
  private static final String FROM_THE_LIBRARY =
      "0100000000000000 2d99f9869583c946 0100000000000000 0100000000000000 0300000028000000"
          + "0101000000000000 00be55318c8571c1 2d3132372e302e30 2e313a3934343400 0100000000000000";

  @TempDir Path folder;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  @BeforeEach
  void format() {
    content.writeBytes(words(1));
  }

  private static byte[] words(long... words) {
    ByteBuffer buffer = ByteBuffer.allocate(words.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (long word : words) {
      buffer.putLong(word);
    }
    return buffer.array();
  }

  /** A batch with one entry of that many words. */
  private static byte[] batch(int size) {
    byte[] header = words(1, 7, 1 | ((size * 8L) << 32));
    byte[] data = new byte[size * 8];
    Arrays.fill(data, (byte) 0x5a);
    ByteBuffer batch =
        ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    batch.putInt(RaftChecksum.of(ByteBuffer.wrap(header), 0, header.length));
    batch.putInt(RaftChecksum.of(ByteBuffer.wrap(data), 0, data.length));
    return batch.put(header).put(data).array();
  }

  private Path closed(int first, int last) throws IOException {
    return Files.write(folder.resolve("%016d-%016d".formatted(first, last)), content.toByteArray());
  }

  private Path open() throws IOException {
    content.writeBytes(new byte[4096]);
    return Files.write(folder.resolve("open-1"), content.toByteArray());
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 4;
    Files.write(file, bytes);
  }

  private void assertGood() {
    assertThatCode(() -> LogFiles.check(folder)).doesNotThrowAnyException();
  }

  private void assertDamaged(Path file) {
    assertThatThrownBy(() -> LogFiles.check(folder))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void whatTheLibraryWroteIsGood() throws IOException {
    byte[] bytes = HexFormat.of().parseHex(FROM_THE_LIBRARY.replace(" ", ""));
    Path file = Files.write(folder.resolve("0000000000000001-0000000000000001"), bytes);
    assertGood();
    flip(file, 50);
    assertDamaged(file);
  }

  @Test
  void everyFlippedBitOfAClosedFileIsFound() throws IOException {
    content.writeBytes(batch(2));
    content.writeBytes(batch(3));
    Path file = closed(1, 2);
    assertGood();
    for (int at = 8; at < content.size(); at++) {
      flip(file, at);
      assertDamaged(file);
      flip(file, at);
    }
  }

  @Test
  void aClosedFileThatIsCutIsDamaged() throws IOException {
    content.writeBytes(batch(2));
    content.writeBytes(batch(3));
    Path file = closed(1, 2);
    Files.write(file, Arrays.copyOf(content.toByteArray(), content.size() - 8));
    assertDamaged(file);
    Files.write(file, Arrays.copyOf(content.toByteArray(), 8 + batch(2).length));
    assertDamaged(file);
    Files.write(file, new byte[0]);
    assertDamaged(file);
  }

  @Test
  void anOpenFileMayEndInABatchThatWasBeingWritten() throws IOException {
    content.writeBytes(batch(2));
    content.writeBytes(Arrays.copyOf(batch(9), 40));
    open();
    assertGood();
  }

  @Test
  void anOpenFileMayBeEmpty() throws IOException {
    content.reset();
    open();
    assertGood();
  }

  @Test
  void aDamagedBatchBeforeAWholeOneIsFoundInAnOpenFile() throws IOException {
    content.writeBytes(batch(2));
    content.writeBytes(batch(3));
    Path file = open();
    assertGood();
    flip(file, 20);
    assertDamaged(file);
  }

  @Test
  void aLogEndsWithTheLastWholeEntryOfItsOpenFiles() throws IOException {
    assertThat(LogFiles.end(folder)).as("a spare").isEmpty();
    Files.writeString(folder.resolve("snapshot-6-30-12345"), "?");
    assertThat(LogFiles.end(folder)).contains(new LogEnd(6, 30));
    content.writeBytes(batch(2));
    content.writeBytes(batch(3));
    closed(40, 41);
    assertThat(LogFiles.end(folder)).contains(new LogEnd(7, 41));
    content.writeBytes(Arrays.copyOf(batch(9), 40));
    open();
    assertThat(LogFiles.end(folder)).contains(new LogEnd(7, 43));
  }

  @Test
  void otherFilesAreNotLookedAt() throws IOException {
    Files.writeString(folder.resolve("metadata1"), "?");
    Files.writeString(folder.resolve("snapshot-1-1-1"), "?");
    assertGood();
  }
}
