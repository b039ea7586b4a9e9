package io.kneard.simulation;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The command line of {@code tests/simulate}.
 *
 * @param schedules how many to play; for mutants, how many each may take to be found
 * @param seed of the first one; each next one has the next seed
 * @param without the measure that is taken away; empty for none
 * @param replay the seed of the one schedule to be shown
 * @param mutants whether to take away one measure after the other
 */
record Arguments(
    int schedules,
    long seed,
    Config config,
    Optional<Mutant> without,
    Optional<Long> replay,
    boolean mutants) {
  private static final int FEW = 20_000;
  private static final int MANY = 100_000;

  static final String USAGE =
      """
      usage: tests/simulate [--schedules N] [--seed S] [--config NAME] [--without MUTANT]
             tests/simulate --replay SEED [--config NAME] [--without MUTANT]
             tests/simulate --mutants [--schedules N] [--seed S] [--without MUTANT]
        --schedules  how many to play (default 20000; with --mutants, at most for each, 100000)
        --seed       of the first schedule; each next one has the next seed (default: a new one)
        --config     %s
        --without    takes a safety measure away: %s
        --replay     prints the time line of one schedule, and of its shortest form if it fails
        --mutants    takes away one measure after the other, or one: each has to be noticed
      """
          .formatted(
              Arrays.stream(Config.values()).map(Config::title).collect(Collectors.joining(", ")),
              Arrays.stream(Mutant.values()).map(Mutant::title).collect(Collectors.joining(", ")));

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException with a sentence, if it is wrong
   */
  static Arguments parse(List<String> line) {
    Optional<Integer> schedules = Optional.empty();
    long seed = System.nanoTime() & Integer.MAX_VALUE;
    Config config = Config.MIXED;
    Optional<Mutant> without = Optional.empty();
    Optional<Long> replay = Optional.empty();
    boolean mutants = false;
    Iterator<String> words = line.iterator();
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "--mutants" -> mutants = true;
        case "--schedules" -> schedules = Optional.of(Math.toIntExact(number(word, words, 1)));
        case "--seed" -> seed = number(word, words, 0);
        case "--replay" -> replay = Optional.of(number(word, words, 0));
        case "--config" -> {
          String name = value(word, words);
          config =
              Config.named(name)
                  .orElseThrow(() -> new IllegalArgumentException("no configuration " + name));
        }
        case "--without" -> {
          String name = value(word, words);
          without = Optional.of(Mutant.named(name).orElseThrow(() -> noMutant(name)));
        }
        default -> throw new IllegalArgumentException("not understood: " + word);
      }
    }
    return new Arguments(
        schedules.orElse(mutants ? MANY : FEW), seed, config, without, replay, mutants);
  }

  /** Where to look: without a measure, where that would show. */
  Focus focus() {
    return without.map(Focus::of).orElse(Focus.NONE).asked(config);
  }

  private static IllegalArgumentException noMutant(String name) {
    return new IllegalArgumentException("no mutant " + name);
  }

  private static long number(String word, Iterator<String> words, long least) {
    String text = value(word, words);
    try {
      long number = Long.parseLong(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s %s: a whole number from %d on is wanted".formatted(word, text, least));
  }

  private static String value(String word, Iterator<String> words) {
    if (!words.hasNext()) {
      throw new IllegalArgumentException(word + ": a value is wanted");
    }
    return words.next();
  }
}
