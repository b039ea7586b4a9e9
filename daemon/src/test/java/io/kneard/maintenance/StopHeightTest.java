package io.kneard.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.maintenance.StopHeight.Choice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class StopHeightTest {
  private static final Window SHORT = new Window(1100, 1120);
  private static final Window LONG = new Window(1200, 1300);
  private static final Window ALSO_LONG = new Window(1400, 1500);
  private static final List<Window> WINDOWS = List.of(ALSO_LONG, LONG, SHORT);

  @Example
  void withoutALengthItIsTwoBlocksIntoTheLongestWindowAndTheFirstOfThose() {
    assertThat(choose(WINDOWS, 0, 1000)).isEqualTo(at(1202, LONG));
  }

  @Example
  void withALengthItIsTheFirstWindowThatIsLongEnough() {
    assertThat(choose(WINDOWS, 20, 1000)).isEqualTo(at(1102, SHORT));
    assertThat(choose(WINDOWS, 21, 1000)).isEqualTo(at(1202, LONG));
    assertThat(choose(WINDOWS, 100, 1000)).isEqualTo(at(1202, LONG));
  }

  @Example
  void ofAWindowThatHasBegunOnlyTheRestCounts() {
    assertThat(choose(WINDOWS, 20, 1110)).isEqualTo(at(1202, LONG));
    assertThat(choose(WINDOWS, 0, 1210)).isEqualTo(at(1402, ALSO_LONG));
    assertThat(choose(List.of(LONG), 0, 1210)).isEqualTo(at(1215, LONG));
    assertThat(choose(List.of(LONG), 87, 1210)).isEqualTo(at(1215, LONG));
    assertThat(choose(List.of(LONG), 88, 1210)).isInstanceOf(Choice.Nowhere.class);
  }

  @Example
  void aWindowFromNowToTheEndOfTheEpochIsOneLikeAnyOther() {
    assertThat(choose(List.of(new Window(1000, 1050)), 0, 1001))
        .isEqualTo(at(1006, new Window(1000, 1050)));
  }

  @Example
  void whereThereIsNoneTheAnswerSaysWhatThereIs() {
    assertThat(why(List.of(), 0, 1000)).contains("no maintenance window is left in this epoch");
    assertThat(why(List.of(SHORT), 0, 1120)).contains("no maintenance window is left");
    assertThat(why(WINDOWS, 101, 1000)).contains("of 101 blocks", "the longest is 100");
    assertThat(why(List.of(new Window(1100, 1102)), 0, 1000)).contains("is 2, too short");
  }

  @Example
  void aHeightThatWasGivenIsTakenUnlessItIsPastOrNearOrAbsurd() {
    assertThat(StopHeight.at(1005, 1000)).isEqualTo(new Choice.At(1005, Optional.empty()));
    assertThat(StopHeight.at(1_001_000, 1000)).isInstanceOf(Choice.At.class);
    assertThat(nowhere(999)).isEqualTo(expected(999, "is past"));
    assertThat(nowhere(1000)).isEqualTo(expected(1000, "is past"));
    assertThat(nowhere(1004)).contains("is too near");
    assertThat(nowhere(1_001_001)).isEqualTo(expected(1_001_001, "is too far away"));
    assertThat(nowhere(Long.MAX_VALUE)).contains("is too far away");
    assertThat(nowhere(-1)).contains("is past");
  }

  @Example
  void aWindowHoldsAHeightAtLeast() {
    assertThatThrownBy(() -> new Window(7, 7)).hasMessageContaining("from 7 to 7");
    assertThatThrownBy(() -> new Window(-1, 7)).hasMessageContaining("from -1");
  }

  @Property
  void theHeightIsAlwaysAheadOfTheHeadAndInsideAWindowOfTheWantedLength(
      @ForAll("windows") List<Window> windows,
      @ForAll @LongRange(min = 0, max = 2000) long head,
      @ForAll @LongRange(min = 0, max = 200) long length) {
    if (choose(windows, length, head) instanceof Choice.At at) {
      Window window = at.window().orElseThrow();
      assertThat(windows).contains(window);
      assertThat(at.height()).isGreaterThanOrEqualTo(head + StopHeight.MARGIN);
      assertThat(at.height()).isGreaterThanOrEqualTo(window.start() + 2).isLessThan(window.end());
      assertThat(window.end() - (at.height() - 2)).isGreaterThanOrEqualTo(length);
    }
  }

  @Property
  void nowhereMeansThatNoHeightOfAnyWindowWouldDo(
      @ForAll("windows") List<Window> windows,
      @ForAll @LongRange(min = 0, max = 2000) long head,
      @ForAll @LongRange(min = 0, max = 200) long length) {
    if (choose(windows, length, head) instanceof Choice.Nowhere) {
      for (Window window : windows) {
        long first = Math.max(window.start(), head + StopHeight.MARGIN - 2);
        assertThat(first + Math.max(length, 3)).isGreaterThan(window.end());
      }
    }
  }

  @Provide
  Arbitrary<List<Window>> windows() {
    Arbitrary<Long> starts = Arbitraries.longs().between(0, 2000);
    Arbitrary<Long> lengths = Arbitraries.longs().between(1, 200);
    return Combinators.combine(starts, lengths)
        .as((start, length) -> new Window(start, start + length))
        .list()
        .ofMaxSize(5);
  }

  private static Choice choose(List<Window> windows, long length, long head) {
    OptionalLong minimum = length == 0 ? OptionalLong.empty() : OptionalLong.of(length);
    return StopHeight.inWindow(windows, minimum, head);
  }

  private static Choice at(long height, Window window) {
    return new Choice.At(height, Optional.of(window));
  }

  private static String why(List<Window> windows, long length, long head) {
    return ((Choice.Nowhere) choose(windows, length, head)).why();
  }

  private static String nowhere(long height) {
    return ((Choice.Nowhere) StopHeight.at(height, 1000)).why();
  }

  private static String expected(long height, String what) {
    return "shutdown_at = %d %s, the newest block is 1000: a height from 1005 to 1001000"
        .formatted(height, what);
  }
}
