package io.kneard.ledger;

import java.util.List;
import java.util.Map;

/**
 * What a ledger shows.
 *
 * @param overlaps every time two processes had one key; empty is what everyone wants
 * @param handovers from each signer to the next, in order
 * @param signatures by signer
 * @param unreadable lines that are damaged, without a truncated last one
 * @param truncated whether the last line is incomplete, as a kill can leave it
 */
public record Verdict(
    List<Overlap> overlaps,
    List<Handover> handovers,
    Map<Signer, Long> signatures,
    List<Integer> unreadable,
    boolean truncated) {

  /** How two signers met. */
  public enum Meeting {
    /** Both signed the same height. */
    SAME_HEIGHT,
    /** The first signed after the second had the key. */
    SIGNED_AFTER,
    /** The first did not sign any more, and still had the key when the second had it. */
    HELD_TOGETHER
  }

  /**
   * Two processes with one key.
   *
   * @param how the worst that was seen of it
   * @param key the public key
   * @param first who had it first
   * @param second who had it, too
   * @param millis how long, as far as lines show it
   * @param height the height signed twice, or the last one that the first signed
   */
  public record Overlap(
      Meeting how, String key, Signer first, Signer second, long millis, long height) {}

  /**
   * A change of signer.
   *
   * @param key the public key
   * @param from who signed before
   * @param to who signed next
   * @param atMillis the last signature before, {@code /proc/uptime}
   * @param gapMillis from the last signature to the next
   * @param gapBlocks heights that nobody signed
   */
  public record Handover(
      String key, Signer from, Signer to, long atMillis, long gapMillis, long gapBlocks) {}

  /** Whether never two processes had one key. */
  public boolean oneSignerAtATime() {
    return overlaps.isEmpty();
  }
}
