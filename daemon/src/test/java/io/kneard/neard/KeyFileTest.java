package io.kneard.neard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  private static final String ACCOUNT = "pool.near";

  @TempDir Path folder;

  private final TestKeyPair pair = TestKeyPair.fresh();

  @Test
  void aKeyFileTellsItsAccountAndPublicKeyOnly() throws IOException {
    KeyFile key = KeyFile.readChecked(file(pair.json(ACCOUNT)));
    assertThat(key).isEqualTo(new KeyFile(ACCOUNT, pair.publicKey()));
    assertThat(key.toString()).doesNotContain(pair.secretKey());
  }

  @Test
  void theOlderNameOfTheSecretIsUnderstood() throws IOException {
    Path file = file(pair.json(ACCOUNT).replace("secret_key", "private_key"));
    assertThat(KeyFile.readChecked(file).publicKey()).isEqualTo(pair.publicKey());
  }

  @Test
  void aPublicKeyWithoutItsKindIsShownWithIt() throws IOException {
    String bare = pair.publicKey().substring("ed25519:".length());
    Path file = file(TestKeyPair.json(ACCOUNT, bare, pair.secretKey()));
    assertThat(KeyFile.readChecked(file).publicKey()).isEqualTo(pair.publicKey());
  }

  @Test
  void keysThatDoNotBelongTogetherAreRefused() throws IOException {
    TestKeyPair other = TestKeyPair.fresh();
    Path file = file(TestKeyPair.json(ACCOUNT, other.publicKey(), pair.secretKey()));
    assertThatThrownBy(() -> KeyFile.readChecked(file))
        .hasMessageContaining("does not belong to its public_key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{}",
        "{\"public_key\": \"PUBLIC\"}",
        "{\"public_key\": \"secp256k1:abc\", \"secret_key\": \"SECRET\"}",
        "{\"public_key\": \"ed25519:0OIl\", \"secret_key\": \"SECRET\"}",
        "{\"public_key\": \"PUBLIC\", \"secret_key\": \"ed25519:abc\"}",
        "{\"public_key\": \"PUBLIC\", \"secret_key\": SECRET}",
        "{\"public_key\": \"PUBLIC\", \"secret_key\": \"SECRET\"",
        "{\"public_key\": \"PUBLICx\", \"secret_key\": \"SECRETx\"}",
        "{\"public_key\": \"PUBLIC\", \"secret_key\": \"SECRET\"} SECRET",
        "{\"public_key\": \"PUBLIC\", \"secret_key\": \"x\", \"secret_key\": \"SECRET\"}",
        "SECRET"
      })
  void whatIsNoKeyFileIsRefusedWithoutTellingItsContent(String form) throws IOException {
    Path file = file(form.replace("PUBLIC", pair.publicKey()).replace("SECRET", pair.secretKey()));
    String secret = pair.secretKey().substring("ed25519:".length());
    assertThatThrownBy(() -> KeyFile.readChecked(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": ")
        .satisfies(e -> assertThat(stackOf(e)).doesNotContain(secret.substring(0, 12)));
  }

  @Test
  void aFileThatIsTooLargeIsNotReadToItsEnd() throws IOException {
    Path file = file(pair.json(ACCOUNT) + " ".repeat(KeyFile.MAX_BYTES));
    assertThatThrownBy(() -> KeyFile.read(file)).hasMessageContaining("larger than 65536 bytes");
  }

  @Test
  void aFolderAndAMissingFileAreRefused() {
    assertThatThrownBy(() -> KeyFile.read(folder)).hasMessageContaining("not a file");
    assertThatThrownBy(() -> KeyFile.read(folder.resolve("absent")))
        .hasMessageContaining("no such key file");
  }

  @Test
  void base58GivesBackEveryByteLeadingZerosIncluded() {
    Random random = new Random(58);
    for (int zeros = 0; zeros < 4; zeros++) {
      for (int length = 0; length < 40; length++) {
        byte[] bytes = new byte[zeros + length];
        for (int i = zeros; i < bytes.length; i++) {
          bytes[i] = (byte) (1 + random.nextInt(255));
        }
        assertThat(Base58.decode(TestKeyPair.base58(bytes))).hasValue(bytes);
      }
    }
    assertThat(Base58.decode("0")).isEmpty();
    assertThat(Base58.decode("1".repeat(129))).isEmpty();
  }

  private static String stackOf(Throwable problem) {
    StringBuilder all = new StringBuilder();
    for (Throwable t = problem; t != null; t = t.getCause()) {
      all.append(t).append('\n');
    }
    return all.toString();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("key.json"), content);
  }
}
