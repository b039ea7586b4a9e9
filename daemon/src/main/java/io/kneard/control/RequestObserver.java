package io.kneard.control;

/** Sees how every request ended. */
@FunctionalInterface
public interface RequestObserver {
  /**
   * A request was answered.
   *
   * @param route the path if it is a known one, otherwise {@code other}
   * @param status the HTTP status of the answer
   */
  void answered(String route, int status);
}
