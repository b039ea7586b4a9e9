package io.kneard.drbd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The stable path of a volume's device, {@code /dev/kneard/VOLUME}: a link to {@code /dev/drbdN},
 * there exactly while the resource is.
 *
 * @param folder {@code /dev/kneard}, or another one in a test
 */
public record DeviceLink(Path folder) {
  /** Makes the link, in place of one that leads elsewhere. */
  void make(String volume, int minor) {
    Path link = folder.resolve(volume);
    Path device = Path.of("/dev/drbd" + minor);
    try {
      if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(device)) {
        return;
      }
      Files.createDirectories(folder);
      Path fresh = folder.resolve("." + volume + ".new");
      Files.deleteIfExists(fresh);
      Files.createSymbolicLink(fresh, device);
      Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the link " + link, e);
    }
  }

  /** Removes the link; nothing that is no link. */
  void remove(String volume) {
    Path link = folder.resolve(volume);
    try {
      if (Files.isSymbolicLink(link)) {
        Files.delete(link);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the link " + link, e);
    }
  }
}
