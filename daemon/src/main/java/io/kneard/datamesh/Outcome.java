package io.kneard.datamesh;

import java.util.List;

/**
 * A decision about one volume.
 *
 * @param volume to be stored in one transaction that fails if the picture has changed meanwhile
 * @param orders what hosts and the controller have to do about it
 * @param progress of the transitions that are active now
 * @param sentences one for every replica
 * @param blocked what was wanted and does not begin
 */
public record Outcome(
    Volume volume,
    List<Order> orders,
    List<Progress> progress,
    List<Sentence> sentences,
    List<Blocked> blocked,
    Protection protection) {

  public Outcome {
    orders = List.copyOf(orders);
    progress = List.copyOf(progress);
    sentences = List.copyOf(sentences);
    blocked = List.copyOf(blocked);
  }
}
