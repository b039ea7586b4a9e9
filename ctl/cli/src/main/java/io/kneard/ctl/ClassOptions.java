package io.kneard.ctl;

import io.kneard.ctl.api.mesh.ClassWish;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is wanted of a class; null is left as it is, or to what is usual. */
final class ClassOptions {
  @Mixin private WishOptions wishes;

  @Option(
      names = "--existing",
      negatable = true,
      defaultValue = Option.NULL_VALUE,
      fallbackValue = "true",
      description =
          "Carry changes to the volumes there are, which is usual; with --no-existing they are for"
              + " new ones only.")
  private Boolean existing;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "How many volumes change at once at most: 5.")
  private Integer inFlight;

  /**
   * The request.
   *
   * @throws IllegalArgumentException if the options contradict each other
   */
  ClassWish wish(String name) {
    return new ClassWish(name, wishes.wish(null, null, null, null, null), existing, inFlight);
  }
}
