package io.kneard.daemon;

import java.nio.file.Path;
import java.util.Map;

/** How jnr gets at native code; to be said before its first use. */
final class NativeCode {
  /** What jffi calls the platforms for which the installation has its library. */
  private static final Map<String, String> PLATFORMS =
      Map.of("amd64", "x86_64-Linux", "aarch64", "aarch64-Linux");

  private NativeCode() {}

  static void prepare() {
    // Code made at run time for the few calls of libc costs more memory than it is worth.
    System.setProperty("jnr.ffi.asm.enabled", "false");
    String lib = System.getProperty("kneard.lib");
    String platform = PLATFORMS.get(System.getProperty("os.arch"));
    if (lib != null && platform != null) {
      // Else jffi unpacks its library at each start into /tmp, which may forbid execution.
      String folder = Path.of(lib, "jni", platform).toString();
      System.setProperty("jffi.boot.library.path", folder);
    }
  }
}
