package io.kneard.neard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySlotTest {
  private static final String OURS = "ed25519:6DSjZ8mvsRZDvFqFxo8tCKePG96omXW7eVYVSySmDk8e";
  private static final String THEIRS = "ed25519:7DSjZ8mvsRZDvFqFxo8tCKePG96omXW7eVYVSySmDk8f";
  private static final String SECRET = "ed25519:not-to-be-told";

  @TempDir Path folder;

  @Test
  void theKeyIsPutInPlaceReadableByTheOwnerOnlyAndTakenAway() throws IOException {
    KeySlot slot = slot();
    slot.insert();
    slot.insert();
    assertThat(slot.slot()).hasSameBinaryContentAs(slot.source());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(slot.slot())))
        .isEqualTo("r--------");
    slot.remove();
    slot.remove();
    try (Stream<Path> left = Files.list(folder.resolve("home"))) {
      assertThat(left).isEmpty();
    }
    assertThat(slot.source()).exists();
  }

  @Test
  void aKeyThatIsNotOursIsNeitherRemovedNorReplaced() throws IOException {
    KeySlot slot = slot();
    Files.writeString(slot.slot(), key(THEIRS));
    assertThatThrownBy(slot::remove).hasMessageContaining(THEIRS).hasMessageContaining("move it");
    assertThatThrownBy(slot::insert).hasMessageContaining(THEIRS);
    assertThat(slot.slot()).hasContent(key(THEIRS));
  }

  @Test
  void aKeyFileThatWasExchangedSinceTheStartIsNotPutInPlace() throws IOException {
    KeySlot slot = slot();
    Files.writeString(slot.source(), key(THEIRS));
    assertThatThrownBy(slot::insert).hasMessageContaining(THEIRS).hasMessageContaining("restart");
    assertThat(slot.slot()).doesNotExist();
  }

  @Test
  void noMessageTellsASecret() throws IOException {
    KeySlot slot = slot();
    Files.writeString(slot.slot(), "{\"secret_key\": \"" + SECRET + "\", ");
    assertThatThrownBy(slot::remove)
        .hasMessageContaining("validator_key.json")
        .satisfies(problem -> assertThat(problem.toString()).doesNotContain(SECRET));
  }

  @Test
  void aMissingKeyIsNamed() throws IOException {
    KeySlot slot = slot();
    Files.delete(slot.source());
    assertThatThrownBy(slot::insert).hasMessageContaining(slot.source() + ": no such key file");
  }

  private KeySlot slot() throws IOException {
    Path source = folder.resolve("validator_key.json");
    Files.writeString(source, key(OURS));
    Path home = Files.createDirectories(folder.resolve("home"));
    return new KeySlot(source, home.resolve("validator_key.json"), OURS);
  }

  private static String key(String publicKey) {
    return "{\"account_id\": \"pool\", \"public_key\": \"%s\", \"secret_key\": \"%s\"}"
        .formatted(publicKey, SECRET);
  }
}
