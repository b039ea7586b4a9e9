package io.kneard.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.Problem;
import io.kneard.ctl.api.StateChange;
import io.kneard.http.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A subscription as lines of JSON. An empty line shows that the stream lives, and finds out whether
 * the caller does. A stream that the daemon ends early has a {@link Problem} as its last line.
 */
final class EventStream implements Answer.Source {
  private final StateChanges.Subscription subscription;
  private final Duration heartbeat;
  private final Runnable atEnd;

  EventStream(StateChanges.Subscription subscription, Duration heartbeat, Runnable atEnd) {
    this.subscription = subscription;
    this.heartbeat = heartbeat;
    this.atEnd = atEnd;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try {
      while (true) {
        Optional<StateChange> change = subscription.next(heartbeat);
        if (change.isEmpty() && subscription.dropped()) {
          line(out, new Problem(Problem.BUSY, "changes were read too slowly: start again"));
          return;
        }
        if (change.isPresent()) {
          line(out, change.get());
        } else {
          out.write('\n');
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the daemon ends; so does the stream
    }
  }

  private static void line(OutputStream out, Object value) throws IOException {
    out.write(json(value));
    out.write('\n');
    out.flush();
  }

  private static byte[] json(Object value) throws JsonProcessingException {
    return ControlJson.get().writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    subscription.close();
    atEnd.run();
  }
}
