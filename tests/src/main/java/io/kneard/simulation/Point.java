package io.kneard.simulation;

/** Moments at which a fault is worth more than elsewhere. */
enum Point {
  ORDERED("between a decision and an order that follows from it"),
  DEADLINE_ORDERED("between a decision and the deadline that it gives to the fence"),
  OPEN_STAMPED("between the time stamp of a session and its request"),
  SESSION_OPENED("a session was opened"),
  RENEWAL_STAMPED("between the time stamp of a renewal and its request"),
  SIGN_GIVEN("a sign of life was given, before the renewal"),
  RENEWAL_ANSWERED("a renewal was answered"),
  LOOK_ANSWERED("a look at the embedded lock was answered, before it is judged"),
  ACQUIRING("before a request for the lock"),
  ACQUIRED("the lock was taken, before it is confirmed"),
  RELEASING("before the lock is released"),
  DESTROYING("before a session is destroyed"),
  START_PREPARED("the home is prepared, before neard's start"),
  FENCE_LOCKED("the fence has its lock, before neard's start"),
  KEY_INSERTING("the deadline is taken, before the key is put in place"),
  KEY_INSERTED("the key is in place, before SIGHUP"),
  KEY_REMOVING("before the key is taken away"),
  KEY_REMOVED("the key is taken away, before SIGHUP"),
  STATUS_ASKED("between the time stamp of a /status and its request"),
  KEY_IN("neard has taken the key"),
  LOCK_MOVED("the lock changed hands"),
  LOCK_FREED("the lock became free"),
  VALIDATING("a host became Validating"),
  LEFT_VALIDATING("a host left Validating");

  final String text;

  Point(String text) {
    this.text = text;
  }
}
