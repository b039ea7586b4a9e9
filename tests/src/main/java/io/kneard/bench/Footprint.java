package io.kneard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process uses, as the kernel counts it.
 *
 * @param residentBytes VmRSS
 * @param ownBytes of those, what is no file's: RssAnon
 * @param cpuTicks user and system time since its start, in hundredths of a second
 */
record Footprint(long residentBytes, long ownBytes, long cpuTicks) {

  static Footprint of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    String status = Files.readString(proc.resolve("status"));
    String stat = Files.readString(proc.resolve("stat"));
    // Behind the name, which may contain anything; from there on proc(5) counts from 3.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new Footprint(
        kilobytes(status, "VmRSS") * 1024,
        kilobytes(status, "RssAnon") * 1024,
        Long.parseLong(fields[14 - 3]) + Long.parseLong(fields[15 - 3]));
  }

  private static long kilobytes(String status, String name) throws IOException {
    Matcher line = Pattern.compile("(?m)^" + name + ":\\s+(\\d+) kB").matcher(status);
    if (!line.find()) {
      throw new IOException("no " + name + " in the status of the process");
    }
    return Long.parseLong(line.group(1));
  }
}
