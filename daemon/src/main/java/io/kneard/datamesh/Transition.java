package io.kneard.datamesh;

import java.util.Optional;

/**
 * A plan that is being carried out. It is stored with the volume and survives a restart of
 * everyone: the plan is found again by its id, also by a newer version of the daemon.
 *
 * @param planId like {@code diskful-q-up/v1}; unique among the plans of one kind
 * @param subject the member it is about, where it is about one
 * @param step index of the step that is waited for, from 0
 * @param appliedAt revision at which that step was published; 0 while it waits for something before
 *     it may be
 * @param pool where the subject's backing volume is to lie, where it gets one
 */
public record Transition(
    TransitionKind kind,
    Group group,
    String planId,
    Optional<Integer> subject,
    Optional<MemberType> target,
    int step,
    long appliedAt,
    Optional<String> pool) {

  /** Whether it is about this member. */
  public boolean concerns(int member) {
    return subject.isPresent() && subject.get() == member;
  }

  /** Whether the present step was published. */
  public boolean applied() {
    return appliedAt > 0;
  }

  /** The present step was published. */
  public Transition applied(long revision) {
    return new Transition(kind, group, planId, subject, target, step, revision, pool);
  }

  /** The present step is confirmed; the next one is not published yet. */
  public Transition next() {
    return at(planId, step + 1);
  }

  /** Goes on at this step of this plan. */
  public Transition at(String otherPlan, int otherStep) {
    return new Transition(kind, group, otherPlan, subject, target, otherStep, 0, pool);
  }
}
