package io.kneard.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own, to be filled. */
final class Disk implements AutoCloseable {
  private static final byte[] BLOCK = new byte[4096];

  private final Path folder;

  private Disk(Path folder) {
    this.folder = folder;
  }

  /** Makes one at that place. */
  static Disk mount(Path folder, int megabytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String size = "size=%dm,mode=0755".formatted(megabytes);
    Program.run("mount", "-t", "tmpfs", "-o", size, "kneard-chaos", folder.toString());
    return new Disk(folder);
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  /** Leaves no room on it. */
  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (Files.getFileStore(folder).getUsableSpace() > 0) {
        out.write(BLOCK);
      }
    } catch (IOException e) {
      if (Files.getFileStore(folder).getUsableSpace() > 0) {
        throw e;
      }
    }
  }

  /** Makes room again. */
  void empty() throws IOException {
    Files.deleteIfExists(filler());
  }

  @Override
  public void close() throws IOException {
    try {
      Program.run("umount", "-l", folder.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
