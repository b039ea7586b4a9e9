package io.kneard.maintenance;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The height at which neard is to stop (spec/failover.md, "Command").
 *
 * <p>neard stops as soon as its head is at or past the height it was given. It learns of the height
 * by a reload, which it looks for once a second, and the head goes on meanwhile: a height that is
 * too near is a race, in which nobody can say which block was the last. So no height is closer to
 * the head than {@link #MARGIN}.
 */
public final class StopHeight {
  /**
   * Blocks between the head and the nearest height that is planned, or still taken back: 3 s and
   * more on a chain with two blocks a second at most.
   */
  public static final long MARGIN = 5;

  /** So far inside a window the stop falls on a block that is final there. */
  static final long INSIDE = 2;

  /** Blocks; more than a week on a chain with a block a second, which nobody plans for. */
  static final long FARTHEST = 1_000_000;

  private StopHeight() {}

  /** What is possible. */
  public sealed interface Choice {
    /**
     * Stop here.
     *
     * @param window the window it is in, whole, also if it has begun already; empty if the height
     *     was given
     */
    record At(long height, Optional<Window> window) implements Choice {}

    /** There is no such height; {@code why} says what there is, and what to do. */
    record Nowhere(String why) implements Choice {}
  }

  /** What is left of a window, and can be used. */
  private record Rest(Window window, long from) {
    static Rest of(Window window, long head) {
      return new Rest(window, Math.max(window.start(), head + MARGIN - INSIDE));
    }

    long length() {
      return Math.max(0, window.end() - from);
    }

    long height() {
      return from + INSIDE;
    }

    boolean holds(long blocks) {
      return length() >= blocks && height() < window.end();
    }
  }

  /**
   * Chooses a window of this epoch: the first of at least {@code minimumLength} blocks, or, without
   * it, the longest. Of a window that has begun only the rest counts.
   *
   * @param minimumLength in blocks, at least 1
   * @param head neard's newest block, asked for after the windows
   */
  public static Choice inWindow(List<Window> windows, OptionalLong minimumLength, long head) {
    List<Rest> usable =
        windows.stream()
            .map(window -> Rest.of(window, head))
            .filter(rest -> rest.holds(minimumLength.orElse(1)))
            .sorted(Comparator.comparingLong(Rest::from))
            .toList();
    if (usable.isEmpty()) {
      return new Choice.Nowhere(none(windows, minimumLength, head));
    }
    Rest chosen = usable.get(0);
    if (minimumLength.isEmpty()) {
      for (Rest rest : usable) {
        chosen = rest.length() > chosen.length() ? rest : chosen;
      }
    }
    return new Choice.At(chosen.height(), Optional.of(chosen.window()));
  }

  private static String none(List<Window> windows, OptionalLong minimumLength, long head) {
    long longest =
        windows.stream().mapToLong(window -> Rest.of(window, head).length()).max().orElse(0);
    if (longest == 0) {
      return "no maintenance window is left in this epoch: ask again in the next one, or name a"
          + " height";
    }
    if (minimumLength.isPresent() && longest < minimumLength.getAsLong()) {
      return "no maintenance window of %d blocks is left in this epoch, the longest is %d: ask for less, or again in the next epoch"
          .formatted(minimumLength.getAsLong(), longest);
    }
    return "the longest maintenance window left in this epoch is %d, too short to stop in: ask again in the next one, or name a height"
        .formatted(longest);
  }

  /**
   * Judges a height that was given.
   *
   * @param head neard's newest block
   */
  public static Choice at(long height, long head) {
    if (height <= head) {
      return nowhere(height, "is past", head);
    }
    if (height < head + MARGIN) {
      return nowhere(height, "is too near for neard to learn of it in time", head);
    }
    if (height > head + FARTHEST) {
      return nowhere(height, "is too far away", head);
    }
    return new Choice.At(height, Optional.empty());
  }

  private static Choice nowhere(long height, String what, long head) {
    return new Choice.Nowhere(
        "shutdown_at = %d %s, the newest block is %d: a height from %d to %d"
            .formatted(height, what, head, head + MARGIN, head + FARTHEST));
  }
}
