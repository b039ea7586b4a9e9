package io.kneard.datamesh.plan;

/**
 * Why something does not begin.
 *
 * @param by the guard, hold or rule, by its name
 * @param reason in words
 */
public record Block(String by, String reason) {
  /** Name of the rule that no two groups may ever have quorum at once. */
  public static final String NO_SPLIT_BRAIN = "NoSplitBrain";

  /** Name of the catalogue, where it has no plan. */
  public static final String PLANS = "Plans";

  /** Name of the rules on what may run at the same time. */
  public static final String PARALLELISM = "Parallelism";
}
