package io.kneard.testbed;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A temporary folder. It is gone when its owner closes it, or else when the JVM ends. */
public final class Scratch implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final Path folder;
  private final Thread hook = new Thread(this::deleteOrSay, "scratch");

  private Scratch(Path folder) {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Makes one below the system's folder for such. */
  public static Scratch create(String prefix) throws IOException {
    return new Scratch(Files.createTempDirectory(prefix));
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  private void deleteOrSay() {
    try {
      delete(folder);
    } catch (IOException e) {
      System.err.println(folder + " is left behind: " + e);
    }
  }

  /** Deletes a folder and what is in it, also what processes that are ending still add to it. */
  public static void delete(Path folder) throws IOException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!deleted(folder)) {
      if (System.nanoTime() - giveUp >= 0) {
        throw new IOException(folder + " does not become empty");
      }
    }
  }

  private static boolean deleted(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
      return true;
    } catch (NoSuchFileException e) {
      return !Files.exists(folder);
    } catch (DirectoryNotEmptyException | java.io.UncheckedIOException e) {
      return false; // something came or went meanwhile
    }
  }

  @Override
  public void close() throws IOException {
    delete(folder);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending and runs the hook itself.
    }
  }
}
