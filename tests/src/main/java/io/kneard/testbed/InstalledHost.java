package io.kneard.testbed;

import io.kneard.standin.Chain;
import io.kneard.standin.SignerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A host with systemd on which the daemon is installed as an operator would: by the installer, with
 * its key in the folder for keys, beside a real Consul and a stand-in for neard.
 */
public final class InstalledHost implements AutoCloseable {
  private static final String HOME = "/var/lib/kneard/neard";
  private static final String LEDGER = "/var/lib/kneard/ledger";
  private static final String VARIABLES = "/etc/default/kneard-java";
  private static final String STANDIN = "/opt/standin";

  /** Times in which a test can wait; the daemon is asked to be quick, the unit to be impatient. */
  private static final String DROP_IN =
      """
      [Service]
      WatchdogSec=4
      RestartSec=500ms
      TimeoutStopSec=3
      """;

  private final BootedSystem system;
  private final String variables;

  private InstalledHost(BootedSystem system, String variables) {
    this.system = system;
    this.variables = variables;
  }

  /** Boots and installs; nothing of the daemon runs yet. */
  public static InstalledHost boot() throws IOException, InterruptedException {
    BootedSystem system = BootedSystem.boot();
    try {
      String variables =
          """
          JAVA_HOME=%s
          KUUTAMO_ACCOUNT_ID=pool
          KUUTAMO_NODE_ID=boot
          KNEARD_LOCK_PROFILE=fast
          """
              .formatted(System.getProperty("java.home"));
      InstalledHost host = new InstalledHost(system, variables);
      system.run(Checkout.root().resolve("target/dist/install").toString(), "--no-archives");
      host.addConsul();
      host.addNeard();
      system.write("/etc/systemd/system/kneard-java.service.d/test.conf", DROP_IN);
      host.variables("");
      system.run("systemctl", "enable", "kneard-java");
      system.run("systemctl", "daemon-reload");
      system.run("systemctl", "start", "consul");
      return host;
    } catch (IOException | InterruptedException | RuntimeException e) {
      system.close();
      throw e;
    }
  }

  private void addConsul() throws IOException {
    system.write(
        "/etc/systemd/system/consul.service",
        """
        [Service]
        ExecStart=%s agent -server -bootstrap-expect=1 -bind=127.0.0.1 -node=boot \\
          -data-dir=/var/lib/consul -disable-host-node-id -log-level=err \\
          -hcl='session_ttl_min="1s"' -hcl='performance={raft_multiplier=1}'
        """
            .formatted(Checkout.part("consul")));
  }

  private void addNeard() throws IOException, InterruptedException {
    // The service sees neither /tmp nor /home, where this checkout may be.
    for (String script : new String[] {"java-small", "neard-standin"}) {
      Path target = system.file(STANDIN + "/lib/" + script);
      Files.createDirectories(target.getParent());
      Files.copy(
          Checkout.root().resolve("tests/lib").resolve(script),
          target,
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    Path classes = Checkout.root().resolve("tests/target/classes");
    Files.createDirectories(system.file(STANDIN + "/target"));
    system.run("cp", "-R", classes.toString(), STANDIN + "/target/classes");
    Path neard =
        system.write(
            "/usr/local/bin/neard", "#!/bin/sh\nexec " + STANDIN + "/lib/neard-standin \"$@\"\n");
    system.run("chmod", "0755", neard.toString().replaceFirst("^/proc/\\d+/root", ""));

    Chain chain = Chain.startingNow("pool", 100, 60, Path.of(LEDGER));
    NeardHome.create(system.file(HOME), "boot", chain);
    system.run("chown", "-R", "kneard:kneard", "/var/lib/kneard");
    SignerKey.generate(system.file("/etc/kneard/keys/validator_key.json"), "pool");
  }

  /** Sets the daemon's variables: the usual ones, and {@code more}, a line each. */
  public void variables(String more) throws IOException {
    system.write(VARIABLES, variables + more);
  }

  /** Makes neard misbehave; an empty object ends that. */
  public void faults(String json) throws IOException {
    system.write(HOME + "/faults.json", json);
  }

  /** Everything that neard has signed, and when it began and ended. */
  public String ledger() throws IOException {
    Path ledger = system.file(LEDGER);
    return Files.exists(ledger) ? Files.readString(ledger) : "";
  }

  /** The system itself. */
  public BootedSystem system() {
    return system;
  }

  /** What systemd knows of the unit, such as {@code ActiveState}. */
  public String unit(String property) throws IOException, InterruptedException {
    return system.run("systemctl", "show", "-P", property, "kneard-java");
  }

  /** What the unit has said, from the first start on. */
  public String journal() throws IOException, InterruptedException {
    return system.run("journalctl", "--no-pager", "-o", "cat", "-u", "kneard-java");
  }

  /** The processes of the daemon's user, a line each: number and command. */
  public String processes() throws IOException, InterruptedException {
    return system.tryTo("pgrep", "-a", "-u", "kneard").output();
  }

  @Override
  public void close() throws IOException {
    system.close();
  }
}
