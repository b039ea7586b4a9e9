package io.kneard.simulation;

/** What must hold in every schedule. */
enum Property {
  ONE_SIGNER("two neards hold a live key"),
  DEADLINE_WITH_KEY("a neard holds a live key and its fence has no deadline"),
  KEY_NOT_IN_A_STANDBY("the key is in the home of a neard that starts as a standby"),
  RELEASE_AFTER_KEY("the lock is given back while the key is in the process"),
  TABLE_OF_MOVES("the supervisor refuses to go on"),
  SYNCED_WHEN_PROMOTED("a host is promoted whose neard has not been in sync for some time"),
  SOMEBODY_SIGNS("nobody signs although every fault has healed");

  final String text;

  Property(String text) {
    this.text = text;
  }
}
