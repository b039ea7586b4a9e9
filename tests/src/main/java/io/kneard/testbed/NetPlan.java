package io.kneard.testbed;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the hosts of a net have in common.
 *
 * @param root folder of the net, which has {@code validator_key.json}
 * @param account whose key that is
 * @param neard the program to supervise
 * @param profile of the lock's times: {@code fast}, {@code reference} or {@code custom}
 * @param ledger where the stand-ins write what they sign; empty for another neard
 */
public record NetPlan(
    Path root, String account, Path neard, String profile, Optional<Path> ledger) {

  /** The validator's key. */
  public Path key() {
    return root.resolve("validator_key.json");
  }
}
