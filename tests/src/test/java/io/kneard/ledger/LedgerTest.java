package io.kneard.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.ledger.Verdict.Meeting;
import io.kneard.ledger.Verdict.Overlap;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final String A = "node=a pid=1";
  private static final String B = "node=b pid=1";

  private final StringBuilder text = new StringBuilder();

  private LedgerTest line(long clock, String signer, String kind, long height) {
    text.append(
        "clock=%d wall=0 %s kind=%s height=%d key=ed25519:K%n"
            .formatted(clock, signer, kind, height));
    return this;
  }

  private Verdict judged() {
    return Ledger.judge(text.toString());
  }

  private LedgerTest aSignsUntil1300() {
    return line(1000, A, "sign-start", 9).line(1100, A, "sign", 10).line(1300, A, "sign", 12);
  }

  @Test
  void aHandoverIsMeasuredFromTheLastSignatureToTheNext() {
    aSignsUntil1300()
        .line(1310, A, "sign-stop", 12)
        .line(1400, B, "sign-start", 13)
        .line(1500, B, "sign", 14);

    assertThat(judged().overlaps()).isEmpty();
    assertThat(judged().handovers())
        .singleElement()
        .satisfies(
            h -> {
              assertThat(h.from()).isEqualTo(new Signer("a", 1));
              assertThat(h.to()).isEqualTo(new Signer("b", 1));
              assertThat(h.gapMillis()).isEqualTo(200);
              assertThat(h.gapBlocks()).isEqualTo(1);
            });
    assertThat(judged().signatures()).containsEntry(new Signer("a", 1), 2L);
  }

  @Test
  void aKilledSignerNeedsNoLastWord() {
    aSignsUntil1300().line(1400, B, "sign-start", 13).line(1500, B, "sign", 14);

    assertThat(judged().oneSignerAtATime()).isTrue();
  }

  @Test
  void aKeyThatComesBackIsNoOverlap() {
    aSignsUntil1300()
        .line(1310, A, "sign-stop", 12)
        .line(1400, B, "sign", 14)
        .line(1410, B, "sign-stop", 14)
        .line(1500, A, "sign-start", 15)
        .line(1600, A, "sign", 16);

    assertThat(judged().oneSignerAtATime()).isTrue();
    assertThat(judged().handovers()).hasSize(2);
  }

  @Test
  void theSameHeightSignedTwiceIsAnOverlap() {
    aSignsUntil1300().line(1310, A, "sign-stop", 12).line(1320, B, "sign", 12);

    assertThat(judged().overlaps()).extracting(Overlap::how).containsExactly(Meeting.SAME_HEIGHT);
  }

  @Test
  void aSignatureWrittenAfterTheNextSignerHasTheKeyIsAnOverlap() {
    aSignsUntil1300().line(1310, B, "sign-start", 12).line(1320, A, "sign", 13);

    assertThat(judged().overlaps()).extracting(Overlap::how).containsExactly(Meeting.SIGNED_AFTER);
    assertThat(judged().overlaps().get(0).millis()).isEqualTo(10);
  }

  @Test
  void aSignatureWrittenLateWithAnEarlyClockIsAnOverlap() {
    aSignsUntil1300().line(1400, B, "sign-start", 13).line(1390, A, "sign", 13);

    assertThat(judged().overlaps()).extracting(Overlap::how).containsExactly(Meeting.SIGNED_AFTER);
  }

  @Test
  void aSignatureWhoseClockIsAfterTheNextSignersBeginningIsAnOverlap() {
    aSignsUntil1300().line(1290, B, "sign-start", 12);

    assertThat(judged().overlaps()).extracting(Overlap::how).containsExactly(Meeting.SIGNED_AFTER);
  }

  @Test
  void keepingTheKeyWithoutSigningIsAnOverlap() {
    aSignsUntil1300().line(1400, B, "sign-start", 13).line(1410, A, "sign-stop", 13);

    assertThat(judged().overlaps()).extracting(Overlap::how).containsExactly(Meeting.HELD_TOGETHER);
  }

  @Test
  void twoProcessesOfOneHostAreTwoSigners() {
    aSignsUntil1300().line(1310, "node=a pid=2", "sign-start", 12).line(1400, A, "sign", 13);

    assertThat(judged().oneSignerAtATime()).isFalse();
  }

  @Test
  void anOverlapFarBackIsFound() {
    aSignsUntil1300();
    for (int i = 0; i < 20; i++) {
      line(1400 + i * 10, "node=c pid=" + i, "sign-start", 13)
          .line(1405 + i * 10, "node=c pid=" + i, "sign-stop", 13);
    }
    line(9000, A, "sign", 99);

    assertThat(judged().overlaps()).hasSize(20);
  }

  @Test
  void twoKeysAreNoOverlap() {
    aSignsUntil1300();
    text.append("clock=1200 wall=0 node=b pid=1 kind=sign height=11 key=ed25519:OTHER\n");
    line(1400, A, "sign", 13);

    assertThat(judged().oneSignerAtATime()).isTrue();
  }

  @Test
  void aTruncatedLastLineIsLeftOut() {
    aSignsUntil1300();
    text.append("clock=14");

    assertThat(judged().truncated()).isTrue();
    assertThat(judged().unreadable()).isEmpty();
  }

  @Test
  void aDamagedLineIsReported() {
    text.append("clock=x node=a pid=1 kind=sign height=1 key=k\n");
    aSignsUntil1300();

    assertThat(judged().unreadable()).containsExactly(1);
  }
}
