package io.kneard.bench;

import io.kneard.testbed.Checkout;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Localnet;
import java.io.IOException;
import java.nio.file.Path;

/** Settings that are measured beside others. */
enum Column {
  FAST_HOT("fast, hot", "fast", "hot"),
  FAST_RESTART("fast, restart", "fast", "restart"),
  REFERENCE_HOT("reference, hot", "reference", "hot"),
  REFERENCE_RESTART("reference, restart", "reference", "restart"),
  EMBEDDED_HOT("fast, hot, own database", "fast", "hot") {
    @Override
    Localnet net(Path root) throws IOException, InterruptedException {
      return Localnet.clustered(root, 3, Checkout.standIn(), profile());
    }
  },
  ORIGINAL("near the original*", "custom", "restart") {
    @Override
    void apply(HostProcess host) throws IOException {
      super.apply(host);
      host.set("lock", "ttl = \"30s\"");
      host.set("lock", "stop-after = \"20s\"");
      host.set("lock", "fence-bound = \"4s\"");
      host.set("lock", "node-check = true");
      host.set("lock", "lock-delay = \"25s\"");
    }
  };

  /** What the star says. */
  static final String NOTE =
      """
      * What the settings allow of the original's algorithm: promotion by restart, a session of 30 s
        that serfHealth can end. Not allowed: its lock delay of 0 (here 25 s, the least that is safe
        with serfHealth, after a session that was not given back) and stepping down after 25 s (here
        20 s). Not settable: polling for the lock once a second; here its release is waited for.
      """;

  private final String title;
  private final String profile;
  private final String promotion;

  Column(String title, String profile, String promotion) {
    this.title = title;
    this.profile = profile;
    this.promotion = promotion;
  }

  String profile() {
    return profile;
  }

  /** Hosts with the profile that do not run yet. */
  Localnet net(Path root) throws IOException, InterruptedException {
    return new Localnet(root, 2, Checkout.standIn(), profile).lockWasReleased();
  }

  /** Sets them, apart from the profile. */
  void apply(HostProcess host) throws IOException {
    host.set("neard", "promotion = \"%s\"".formatted(promotion));
  }

  @Override
  public String toString() {
    return title;
  }
}
