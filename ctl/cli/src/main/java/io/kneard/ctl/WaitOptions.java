package io.kneard.ctl;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether to wait until a volume is as it is wanted. */
final class WaitOptions {
  @Option(names = "--wait", description = "Wait until it is so, and show how far it is.")
  boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      defaultValue = "10m",
      description = "How long to wait at most, such as 90s; 10m if nothing is said.")
  Duration timeout;
}
