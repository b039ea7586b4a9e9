package io.kneard.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.io.support.BasicHttpServerExpectationDecorator;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestValidateHost;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one request of a connection and its answer. */
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  private static final HttpProcessor PROCESSOR =
      HttpProcessorBuilder.create()
          .add(new RequestValidateHost())
          .add(new ResponseContent())
          .build();

  /** How long and how much a refused caller may go on sending before it is cut off. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private static final int LINGER_BYTES = 1024 * 1024;

  private final Visitor visitor;
  private final Handler handler;
  private final Limits limits;
  private final Alarm alarm;
  private final WatchedConnection connection;
  private boolean requestComplete;

  /** Takes over {@code alarm}, which hangs up on {@code visitor}. */
  Conversation(Visitor visitor, Handler handler, Limits limits, Alarm alarm) throws IOException {
    this.visitor = visitor;
    this.handler = handler;
    this.limits = limits;
    this.alarm = alarm;
    this.connection = new WatchedConnection(visitor.socket(), limits, alarm);
  }

  /**
   * Reads the request and answers it.
   *
   * @throws IOException if the peer leaves or is too slow
   */
  void hold() throws IOException {
    alarm.arm(limits.request());
    Optional<String> objection = visitor.objection();
    if (objection.isPresent()) {
      refuse(403, objection.get());
      return;
    }
    try {
      new Service().handleRequest(connection, HttpCoreContext.create());
    } catch (MessageConstraintException e) {
      refuse(413, e.getMessage());
    } catch (ConnectionClosedException e) {
      throw e; // nobody is there to be told
    } catch (MalformedChunkCodingException e) {
      refuse(400, e.getMessage());
    } catch (HttpException e) {
      throw new IOException(e); // in the middle of an answer: there is no way to say more
    }
    letTheAnswerArrive();
  }

  /** Answers without having read the request. */
  void refuse(int status, String message) throws IOException {
    ClassicHttpResponse response = new BasicClassicHttpResponse(status);
    fill(response, handler.refusal(status, message));
    try {
      PROCESSOR.process(response, response.getEntity(), HttpCoreContext.create());
      connection.sendResponseHeader(response);
      connection.sendResponseEntity(response);
      connection.flush();
    } catch (HttpException e) {
      throw new IOException(e);
    }
    letTheAnswerArrive();
  }

  /**
   * A socket that is closed with unread input tells the peer of a broken connection, perhaps before
   * it has looked for an answer. So what is still coming is read and thrown away, for a while.
   */
  private void letTheAnswerArrive() throws IOException {
    if (!requestComplete) {
      visitor.socket().shutdownOutput();
      alarm.arm(LINGER);
      connection.discard(LINGER_BYTES);
    }
    alarm.disarm();
  }

  private void exchange(ClassicHttpRequest request, ResponseTrigger trigger)
      throws HttpException, IOException {
    Call call =
        new Call(method(request), path(request), query(request), visitor.peer(), body(request));
    requestComplete = true;
    alarm.disarm();
    ClassicHttpResponse response = new BasicClassicHttpResponse(200);
    fill(response, answer(call));
    trigger.submitResponse(response);
  }

  private Answer answer(Call call) {
    try {
      return handler.answer(call);
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", call.method(), call.path(), e);
      return handler.refusal(500, "a mistake in the daemon; its log has more");
    }
  }

  private static void fill(ClassicHttpResponse response, Answer answer) {
    response.setCode(answer.status());
    response.setEntity(new AnswerEntity(answer));
    response.setHeader("Connection", "close");
    if (answer instanceof Answer.Whole whole) {
      whole.headers().forEach(response::setHeader);
    }
  }

  private static String method(ClassicHttpRequest request) {
    return request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
  }

  private static String path(ClassicHttpRequest request) {
    String path = String.valueOf(request.getPath());
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static String query(ClassicHttpRequest request) {
    String path = String.valueOf(request.getPath());
    int query = path.indexOf('?');
    return query < 0 ? "" : path.substring(query + 1);
  }

  private byte[] body(ClassicHttpRequest request) throws IOException, HttpException {
    HttpEntity entity = request.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    if (entity.getContentLength() > limits.bodyBytes()) {
      throw new TooLarge(entity.getContentLength() + " bytes", limits.bodyBytes());
    }
    alarm.arm(limits.request()); // writing "100 Continue" has ended the one that ran
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    InputStream content = entity.getContent();
    byte[] part = new byte[4 * 1024];
    for (int count = content.read(part); count >= 0; count = content.read(part)) {
      body.write(part, 0, count);
      if (body.size() > limits.bodyBytes()) {
        throw new TooLarge("more", limits.bodyBytes());
      }
    }
    return body.toByteArray();
  }

  /** httpcore5's course of a request, with this server's handler and its words for mistakes. */
  private final class Service extends HttpService {
    Service() {
      super(
          PROCESSOR,
          new BasicHttpServerExpectationDecorator(
              (request, trigger, context) -> exchange(request, trigger)),
          (request, response, context) -> false,
          null);
    }

    @Override
    protected void handleException(HttpException problem, ClassicHttpResponse response) {
      boolean tooLarge =
          problem instanceof TooLarge || problem instanceof RequestHeaderFieldsTooLargeException;
      int status = tooLarge ? 413 : toStatusCode(problem);
      fill(response, handler.refusal(status, String.valueOf(problem.getMessage())));
    }
  }

  private static final class TooLarge extends HttpException {
    private static final long serialVersionUID = 1;

    TooLarge(String size, int limit) {
      super("body of " + size + ": at most " + limit + " bytes");
    }
  }
}
