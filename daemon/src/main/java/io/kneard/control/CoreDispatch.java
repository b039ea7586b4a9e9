package io.kneard.control;

import io.kneard.ctl.api.cluster.CoreRoutes;
import io.kneard.http.Answer;
import io.kneard.http.Call;
import io.kneard.http.Handler;
import java.util.function.Predicate;

/**
 * The cluster's API and that of volumes beside the daemon's own, on one socket.
 *
 * @param isMesh whether a path is about volumes
 */
record CoreDispatch(Handler core, Handler mesh, Predicate<String> isMesh, Handler own)
    implements Handler {
  @Override
  public Answer answer(Call call) {
    if (call.path().startsWith(CoreRoutes.PREFIX)) {
      return core.answer(call);
    }
    return isMesh.test(call.path()) ? mesh.answer(call) : own.answer(call);
  }

  @Override
  public Answer refusal(int status, String message) {
    return own.refusal(status, message);
  }
}
