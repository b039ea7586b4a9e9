package io.kneard.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** An {@link Answer} as httpcore5 wants it. */
final class AnswerEntity extends AbstractHttpEntity {
  private final Answer answer;

  AnswerEntity(Answer answer) {
    super(answer.contentType(), null, answer instanceof Answer.Stream);
    this.answer = answer;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    if (answer instanceof Answer.Stream stream) {
      out.flush(); // the head goes out now, not with the first line
      stream.source().writeTo(out);
    } else {
      out.write(((Answer.Whole) answer).body());
    }
  }

  @Override
  public long getContentLength() {
    return answer instanceof Answer.Whole whole ? whole.body().length : -1;
  }

  @Override
  public boolean isStreaming() {
    return answer instanceof Answer.Stream;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("an answer is written, never read");
  }

  @Override
  public void close() {
    if (answer instanceof Answer.Stream stream) {
      stream.source().close();
    }
  }
}
