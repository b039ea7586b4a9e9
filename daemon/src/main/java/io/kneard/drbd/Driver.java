package io.kneard.drbd;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What DRBD there is on this host.
 *
 * @param kernel version of the module, like {@code 9.2.18}; empty: it is not loaded
 * @param utils version of drbd-utils; empty: they are not installed
 * @param nonVoting whether disks can be made not to vote (the Flant build)
 */
public record Driver(Optional<String> kernel, Optional<String> utils, boolean nonVoting) {
  private static final Pattern KERNEL = Pattern.compile("(?m)^DRBD_KERNEL_VERSION=([0-9.]+)$");
  private static final Pattern UTILS = Pattern.compile("(?m)^DRBDADM_VERSION=([0-9.]+)$");
  private static final int NEEDED = 9;

  /** Asks the tools. */
  public static Driver detect(Tools tools) throws InterruptedException {
    Ran versions = tools.run(Command.of(Tool.DRBDADM, Command.LOOK, "--version"));
    Ran help = tools.run(Command.of(Tool.DRBDSETUP, Command.LOOK, "xml-help", "disk-options"));
    return of(versions.out(), help.out());
  }

  static Driver of(String versions, String diskOptions) {
    return new Driver(
        group(KERNEL, versions).filter(version -> !version.equals("0")),
        group(UTILS, versions),
        diskOptions.contains("<option name=\"" + Options.NON_VOTING + "\""));
  }

  /** Why no volume can be served here, in words; empty if they can. */
  public Optional<String> problem() {
    if (utils.isEmpty()) {
      return Optional.of("drbd-utils are not installed: no volumes on this host");
    }
    if (kernel.isEmpty()) {
      return Optional.of(
          "the kernel has no drbd module loaded (modprobe drbd): no volumes on this host");
    }
    return too("kernel module", kernel.get()).or(() -> too("drbd-utils", utils.get()));
  }

  private static Optional<String> too(String what, String version) {
    int major = Integer.parseInt(version.replaceFirst("\\..*", ""));
    return major >= NEEDED
        ? Optional.empty()
        : Optional.of(
            "drbd %s: the %s of this host; volumes need version %d or newer"
                .formatted(version, what, NEEDED));
  }

  private static Optional<String> group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
