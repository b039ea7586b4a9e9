package io.kneard.dqlite;

import io.kneard.dqlite.node.LibDqlite;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a program that loads the library is started: from the same files as this one. */
final class NodeProgram {
  /**
   * A small JVM: the host's memory is for others. -Xrs leaves the signals alone, which the node
   * ignores: they are for the daemon to answer.
   */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx24m",
          "-Xss256k",
          "-Xrs",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=16m",
          "-XX:-UsePerfData",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0", // elsewhere, the JDK's classes are this process's own
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-CreateCoredumpOnCrash",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "--enable-native-access=ALL-UNNAMED");

  /** libuv's threads: connections to nodes that do not answer must not hold up writes to disk. */
  private static final String WORKERS = "8";

  private NodeProgram() {}

  static ProcessBuilder of(Class<?> program, List<String> more, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(more);
    if (System.getProperty(LibDqlite.FILE_PROPERTY) != null) {
      command.add(
          "-D" + LibDqlite.FILE_PROPERTY + "=" + System.getProperty(LibDqlite.FILE_PROPERTY));
    }
    command.add("-cp");
    command.add(classPath());
    command.add(program.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(new File("/")).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    builder.environment().put("UV_THREADPOOL_SIZE", WORKERS);
    return builder;
  }

  /** Absolute, because the program does not run in this one's folder, so that it holds none. */
  private static String classPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
