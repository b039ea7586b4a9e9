package io.kneard.control;

import io.kneard.ctl.api.cluster.CoreRoutes;
import io.kneard.http.Answer;
import io.kneard.http.Call;
import io.kneard.http.Handler;

/** The cluster's API beside the daemon's own, on one socket. */
record CoreDispatch(Handler core, Handler own) implements Handler {
  @Override
  public Answer answer(Call call) {
    return call.path().startsWith(CoreRoutes.PREFIX) ? core.answer(call) : own.answer(call);
  }

  @Override
  public Answer refusal(int status, String message) {
    return own.refusal(status, message);
  }
}
