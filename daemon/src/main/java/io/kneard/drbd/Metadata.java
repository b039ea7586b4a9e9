package io.kneard.drbd;

import java.util.Optional;

/**
 * What is on a backing volume before DRBD takes it. That it was made for this replica is certain:
 * the storage knows no other.
 *
 * @param path device node
 * @param present whether it has DRBD's metadata
 * @param deviceId written in the metadata; empty: none
 * @param signature of a file system or the like that has been found; empty: none, or DRBD's own
 */
record Metadata(
    String path, boolean present, Optional<String> deviceId, Optional<String> signature) {

  /** In the metadata of a disk that was given no id. */
  static final String NO_ID = "0000000000000000";

  /** What may be done with the disk. */
  sealed interface Verdict {
    /** Make the metadata and write the id, then look again. */
    record Make(boolean metadata) implements Verdict {}

    record Attach() implements Verdict {}

    record Refuse(String why) implements Verdict {}
  }

  /** Nothing that somebody could miss is ever overwritten. */
  Verdict verdict(String wantedId) {
    if (present && deviceId.filter(id -> !id.equals(wantedId)).isPresent()) {
      return new Verdict.Refuse(
          "%s carries the id %s, and the replica's is %s: it is the disk of something else"
              .formatted(path, deviceId.get(), wantedId));
    }
    if (!present && signature.isPresent()) {
      return new Verdict.Refuse(
          "%s has no DRBD metadata, and a signature of %s: it is not overwritten"
              .formatted(path, signature.get()));
    }
    boolean marked = present && deviceId.isPresent();
    return marked ? new Verdict.Attach() : new Verdict.Make(!present);
  }
}
