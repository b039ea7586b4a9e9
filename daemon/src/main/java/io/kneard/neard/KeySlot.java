package io.kneard.neard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/**
 * The place in neard's home where a key is put for neard to use, and taken away again.
 *
 * @param source the key, outside the home; never changed
 * @param slot where neard looks for it
 * @param publicKey of the key; what lies in the slot is only ever removed if it is this key
 */
public record KeySlot(Path source, Path slot, String publicKey) {

  /**
   * Puts the key in place, whole or not at all, mode 0400.
   *
   * @throws IOException if it cannot be read or written, or another key lies there
   */
  public void insert() throws IOException {
    refuseForeignKey();
    replace();
  }

  /**
   * Puts the key in place over whatever is there: for node keys, of which neard's home always has
   * one.
   */
  public void replace() throws IOException {
    byte[] key = KeyFile.bytes(source);
    try {
      requireSameKey(key);
      AtomicFile.replace(slot, key, PosixFilePermissions.fromString("r--------"));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * Takes the key away; without effect if none is there.
   *
   * @throws IOException if it cannot be removed, or another key lies there, which would be lost
   */
  public void remove() throws IOException {
    refuseForeignKey();
    AtomicFile.remove(slot);
  }

  private void refuseForeignKey() throws IOException {
    if (!Files.exists(slot)) {
      return;
    }
    String there = KeyFile.read(slot).publicKey();
    if (!there.equals(publicKey)) {
      throw new IOException(
          "%s holds the key %s, not %s: move it away, it is not removed"
              .formatted(slot, there, publicKey));
    }
  }

  private void requireSameKey(byte[] key) throws IOException {
    String now = KeyFile.parse(source, key).publicKey();
    if (!now.equals(publicKey)) {
      throw new IOException(
          "%s holds the key %s, and held %s when the daemon was started: restart it"
              .formatted(source, now, publicKey));
    }
  }
}
