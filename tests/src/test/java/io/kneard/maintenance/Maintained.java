package io.kneard.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.ControlProblem;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.standin.Chain;
import io.kneard.testbed.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A host with an installed daemon, as an operator who plans a stop sees it. */
record Maintained(HostProcess host, Chain chain) {
  static final Duration SOON = Duration.ofSeconds(60);

  /** Starts it, and waits until it signs. */
  void startSigning() throws IOException {
    host.start();
    await().atMost(SOON).ignoreExceptionsInstanceOf(ControlException.class).until(this::signs);
  }

  boolean signs() throws ControlException {
    return host.control().status().key().equals("live");
  }

  String state() throws ControlException {
    return host.control().status().state();
  }

  MaintenanceReport plan(Long minimumLength, Long shutdownAt, String then) throws ControlException {
    return host.control().planMaintenance(new MaintenanceRequest(minimumLength, shutdownAt, then));
  }

  MaintenanceReport planAt(long height) throws ControlException {
    return plan(null, height, null);
  }

  MaintenanceReport cancel() throws ControlException {
    return host.control().cancelMaintenance();
  }

  MaintenanceReport report() throws ControlException {
    return host.control().maintenance();
  }

  ControlProblem refusal(Long minimumLength, Long shutdownAt, String then) {
    return catchThrowableOfType(ControlProblem.class, () -> plan(minimumLength, shutdownAt, then));
  }

  void awaitPhase(String phase) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(report().phase()).as(report().message()).isEqualTo(phase));
  }

  /** The newest block of the chain, which a neard in sync has, too. */
  long head() {
    return chain.heightAt(Chain.uptimeMillis());
  }

  void awaitHead(long height) {
    await().atMost(SOON).until(() -> head() >= height);
  }

  Path config() {
    return host.home().folder().resolve("config.json");
  }

  String configText() throws IOException {
    return Files.readString(config());
  }

  /** Adds a line to a table of the daemon's settings; before its start. */
  void setting(String table, String line) throws IOException {
    Path file = host.log().resolveSibling("kneard.toml");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("[" + table + "]", "[" + table + "]\n" + line));
  }
}
