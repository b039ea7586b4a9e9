package io.kneard.neard;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tells a running neard the height to stop at, and sees whether it has heard.
 *
 * <p>neard reads {@code expected_shutdown} from a file when it is sent SIGHUP, and counts the
 * reloads it applied; a file it rejects does not count. Builds from early 2023 on read {@code
 * config.json} and count in {@code near_config_reloads_total}. Those of late 2022, which do not
 * have that counter, read {@code dyn_config.json} and count in {@code near_dynamic_config_changes}.
 * Still older ones cannot be told; neither counts there, so it is reported as not confirmed.
 */
public final class PlannedStop {
  /** Where a build looks for {@code expected_shutdown}. */
  public enum Form {
    /** {@code config.json}. */
    CONFIG("near_config_reloads_total"),
    /** {@code dyn_config.json}. */
    DYN_CONFIG("near_dynamic_config_changes");

    private final String counter;

    Form(String counter) {
      this.counter = counter;
    }

    /** The counter is there from a current build's start on, and from an old one's first reload. */
    static Form of(NeardMetrics metrics) {
      return metrics.value(CONFIG.counter).isPresent() ? CONFIG : DYN_CONFIG;
    }

    private double reloads(NeardMetrics metrics) {
      return metrics.value(counter).orElse(0);
    }
  }

  /**
   * The neard that runs. Its files are written in order with its starts, and {@code wanted} is
   * asked immediately before: if it says no, which is an {@link IOException}, nothing is done. So
   * neither a height nor a SIGHUP meets a neard that was started meanwhile.
   */
  public interface Neard {
    /** Its metrics as they are now. */
    NeardMetrics metrics() throws IOException;

    /**
     * Writes the height into the file and sends SIGHUP; waits for the file, not for neard.
     *
     * @throws IOException if it was not written, or that is not known yet
     */
    void expectShutdown(Form form, long height, BooleanSupplier wanted) throws IOException;

    /**
     * Removes the height from the files and sends SIGHUP.
     *
     * @throws IOException if it was not removed, or that is not known yet
     */
    void forgetShutdown(BooleanSupplier wanted) throws IOException;
  }

  /** What neard is known to go by. */
  public sealed interface Outcome {
    /** What it was told. */
    record Confirmed() implements Outcome {}

    /** The file is as wanted, and neard was told; {@code why} says what is not known. */
    record Unconfirmed(String why) implements Outcome {}
  }

  private static final String EXPECTED = "near_block_expected_shutdown";
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final Neard neard;
  private final Duration patience;

  /**
   * @param patience how long neard may take to apply a reload; it looks for one every second
   */
  public PlannedStop(Neard neard, Duration patience) {
    this.neard = neard;
    this.patience = patience;
  }

  /**
   * Has neard stop at a height.
   *
   * @param wanted whether that is still wanted; ends the waiting when it is not
   * @throws IOException if neard was not told
   * @throws InterruptedException if the thread is interrupted
   */
  public Outcome set(long height, BooleanSupplier wanted) throws IOException, InterruptedException {
    NeardMetrics before = neard.metrics();
    Form form = Form.of(before);
    neard.expectShutdown(form, height, wanted);
    return confirm(form, before, height, wanted);
  }

  /**
   * Has neard stop at no height.
   *
   * @param wanted whether that is still wanted; ends the waiting when it is not
   * @throws IOException if neard was not told
   * @throws InterruptedException if the thread is interrupted
   */
  public Outcome clear(BooleanSupplier wanted) throws IOException, InterruptedException {
    Optional<NeardMetrics> before = metrics();
    neard.forgetShutdown(wanted); // whether or not it answers
    if (before.isEmpty()) {
      return new Outcome.Unconfirmed("neard's /metrics did not answer");
    }
    return confirm(Form.of(before.get()), before.get(), 0, wanted);
  }

  private Optional<NeardMetrics> metrics() {
    try {
      return Optional.of(neard.metrics());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Outcome confirm(Form form, NeardMetrics before, long height, BooleanSupplier wanted)
      throws InterruptedException {
    long giveUp = System.nanoTime() + patience.toNanos();
    String why;
    do {
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
      try {
        NeardMetrics now = neard.metrics();
        if (form.reloads(now) > form.reloads(before)
            || (shows(now, height) && !shows(before, height))) {
          return new Outcome.Confirmed();
        }
        why = "neard has not applied a reload within %d s".formatted(patience.toSeconds());
      } catch (IOException e) {
        why = e.getMessage();
      }
    } while (System.nanoTime() - giveUp < 0 && wanted.getAsBoolean());
    return new Outcome.Unconfirmed(why);
  }

  /** Some builds show the height they go by, or 0. */
  private static boolean shows(NeardMetrics metrics, long height) {
    OptionalDouble shown = metrics.value(EXPECTED);
    return shown.isPresent() && (long) shown.getAsDouble() == height;
  }
}
