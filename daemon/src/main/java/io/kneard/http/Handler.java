package io.kneard.http;

/** Answers requests; called from many threads. */
public interface Handler {
  /**
   * Answers a request. Takes a bounded time. What it throws is logged, and answered with {@code
   * refusal(500, …)}.
   */
  Answer answer(Call call);

  /**
   * Words an answer for what never became a call: a malformed request, one that is too large, a
   * caller without permission, one too many.
   *
   * @param status 400 or more
   * @param message a sentence for people
   */
  Answer refusal(int status, String message);
}
