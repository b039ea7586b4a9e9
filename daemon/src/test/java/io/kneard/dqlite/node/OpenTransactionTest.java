package io.kneard.dqlite.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.dqlite.wire.MessageWriter;
import io.kneard.dqlite.wire.Request;
import io.kneard.dqlite.wire.ResponseHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenTransactionTest {
  private static final long AFTERWARDS = OpenTransaction.LONGEST_SILENCE.toNanos() + 1;

  private final OpenTransaction transaction = new OpenTransaction();
  private long now = Duration.ofSeconds(100).toNanos();

  @BeforeEach
  void greet() {
    transaction.sent(ResponseHeader.handshake(), now);
  }

  private static ByteBuffer sql(String text) {
    return new MessageWriter(Request.EXEC_SQL).word(0).text(text).finish();
  }

  private void asks(ByteBuffer request) {
    transaction.sent(request, now);
    transaction.answered(now);
  }

  private boolean isAbandonedLater() {
    now += AFTERWARDS;
    return transaction.isAbandoned(now);
  }

  @Test
  void aClientThatHasBegunAndIsSilentIsAbandonedAfterAWhile() {
    asks(sql("BEGIN IMMEDIATE"));
    assertThat(transaction.isAbandoned(now + AFTERWARDS - 1)).isFalse();
    assertThat(isAbandonedLater()).isTrue();
  }

  @Test
  void eachRequestWithinTheTransactionBeginsTheWaitAnew() {
    asks(sql("BEGIN"));
    now += AFTERWARDS - 1;
    asks(new MessageWriter(Request.EXEC).halves(0, 3).finish());
    now += AFTERWARDS - 1;
    assertThat(transaction.isAbandoned(now)).isFalse();
    assertThat(isAbandonedLater()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMMIT", "ROLLBACK"})
  void aClientWhoseTransactionIsOverMayBeSilent(String end) {
    asks(sql("BEGIN IMMEDIATE"));
    asks(sql("INSERT INTO t VALUES ('COMMIT')"));
    asks(sql(end));
    assertThat(isAbandonedLater()).isFalse();
  }

  @Test
  void aClientWithoutATransactionMayBeSilent() {
    asks(sql("INSERT INTO t VALUES ('BEGIN')"));
    asks(new MessageWriter(Request.PREPARE).word(0).text("BEGIN").finish());
    assertThat(isAbandonedLater()).isFalse();
  }

  @Test
  void aClientThatWaitsForAnAnswerIsNotSilent() {
    asks(sql("BEGIN IMMEDIATE"));
    transaction.sent(sql("UPDATE t SET n = n + 1"), now);
    assertThat(isAbandonedLater()).isFalse();
    transaction.answered(now);
    assertThat(isAbandonedLater()).isTrue();
  }

  @Test
  void aRequestThatStopsInItsMiddleIsSilence() {
    asks(sql("BEGIN IMMEDIATE"));
    ByteBuffer half = sql("UPDATE t SET n = n + 1");
    transaction.sent(half.limit(20), now);
    assertThat(isAbandonedLater()).isTrue();
  }

  @Test
  void requestsAreFollowedHoweverTheirBytesCome() {
    ByteBuffer all = ByteBuffer.allocate(1024);
    all.put(sql("INSERT INTO t VALUES (1)")).put(sql("BEGIN IMMEDIATE")).flip();
    while (all.hasRemaining()) {
      transaction.sent(ByteBuffer.wrap(new byte[] {all.get()}), now);
    }
    transaction.answered(now);
    assertThat(transaction.isAbandoned(now + AFTERWARDS)).isTrue();

    ByteBuffer more = ByteBuffer.allocate(1024);
    more.put(sql("SELECT 1")).put(sql("COMMIT")).put(sql("SELECT 2")).flip();
    int before = more.position();
    asks(more);
    assertThat(more.position()).as("the bytes are left as they are").isEqualTo(before);
    assertThat(isAbandonedLater()).isFalse();
  }

  @Test
  void whatNodesSayToEachOtherIsNoTransaction() {
    ByteBuffer connect = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    connect.putInt(1).put((byte) 11).position(16).flip();
    asks(connect);
    asks(sql("BEGIN IMMEDIATE"));
    assertThat(isAbandonedLater()).isFalse();
  }
}
