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
          "-Xlog:disable", // an archive of classes that does not fit is left out, without a word
          "-Xlog:all=error:stderr",
          "-Xms8m",
          "-Xmn2m",
          "-Xmx24m",
          "-XX:MinHeapFreeRatio=20",
          "-XX:MaxHeapFreeRatio=40",
          "-XX:-ShrinkHeapInSteps",
          "-Xss256k",
          "-Xrs",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=16m",
          "-XX:StringTableSize=8192",
          "-XX:TrimNativeHeapInterval=60000",
          "-XX:-UsePerfData",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0", // elsewhere, the JDK's classes are this process's own
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-CreateCoredumpOnCrash",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "--enable-native-access=ALL-UNNAMED",
          // Code made at run time for few calls costs more memory than it is worth.
          "-Djnr.ffi.asm.enabled=false");

  /** Of this process, and to be the same in that one. */
  private static final List<String> SAME_PROPERTIES =
      List.of(LibDqlite.FILE_PROPERTY, "jffi.boot.library.path");

  /** libuv's threads: connections to nodes that do not answer must not hold up writes to disk. */
  private static final String WORKERS = "8";

  /** What the daemon may do for volumes is none of its business; it stays the same process. */
  private static final List<String> UNPRIVILEGED =
      List.of("setpriv", "--inh-caps=-all", "--ambient-caps=-all", "--");

  private NodeProgram() {}

  static ProcessBuilder of(Class<?> program, List<String> more, List<String> arguments) {
    List<String> command = new ArrayList<>(UNPRIVILEGED);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(more);
    for (String name : SAME_PROPERTIES) {
      if (System.getProperty(name) != null) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    if (System.getProperty(SupervisedNode.OPTION_PROPERTY) != null) {
      command.add(System.getProperty(SupervisedNode.OPTION_PROPERTY));
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
