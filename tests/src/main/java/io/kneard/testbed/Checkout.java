package io.kneard.testbed;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the project's folder. */
public final class Checkout {
  private Checkout() {}

  /**
   * The project's top folder: the property {@code kneard.checkout}, or else the working folder or
   * the nearest above it that has {@code tests/lib}.
   *
   * @throws IllegalStateException if there is none
   */
  public static Path root() {
    Path start = Path.of(System.getProperty("kneard.checkout", "")).toAbsolutePath();
    for (Path each = start; each != null; each = each.getParent()) {
      if (Files.isDirectory(each.resolve("tests/lib"))) {
        return each;
      }
    }
    throw new IllegalStateException(start + ": not inside the project's folder");
  }

  /** A program that {@code tests/lib/get-NAME} has fetched, or its name, to be found on PATH. */
  public static String part(String name) {
    Path fetched = root().resolve(".build/parts").resolve(name);
    return Files.isExecutable(fetched) ? fetched.toString() : name;
  }

  /** The neard stand-in. */
  public static Path standIn() {
    return root().resolve("tests/lib/neard-standin");
  }

  /** The daemon, as {@code mvn package} assembles it. */
  public static Path daemon() {
    return root().resolve("target/dist/bin/kneard-java");
  }
}
