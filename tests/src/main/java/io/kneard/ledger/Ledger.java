package io.kneard.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a ledger and judges it.
 *
 * <p>Two orders count, and either one suffices for an overlap: that of the lines, which is when
 * they were written, and that of their clocks, which is when the writer meant to.
 */
public final class Ledger {
  private final List<Tenure> tenures = new ArrayList<>();
  private final Map<Signer, Map<String, Tenure>> open = new HashMap<>();
  private final Map<String, Signer> signers = new HashMap<>();
  private final List<Verdict.Overlap> overlaps = new ArrayList<>();
  private final List<Integer> unreadable = new ArrayList<>();

  private Ledger() {}

  /** Judges a file. */
  public static Verdict judge(Path file) throws IOException {
    return judge(Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  /** Judges a ledger's text. */
  public static Verdict judge(String text) {
    return new Ledger().read(text);
  }

  private Verdict read(String text) {
    int complete = text.lastIndexOf('\n') + 1;
    int order = 0;
    for (String each : text.substring(0, complete).split("\n", -1)) {
      order++;
      if (each.isEmpty()) {
        continue;
      }
      Optional<Line> line = Line.parse(order, each);
      if (line.isEmpty()) {
        unreadable.add(order);
      }
      line.ifPresent(this::take);
    }
    findMeetings();
    overlaps.sort(Comparator.comparingLong(Verdict.Overlap::height));
    return new Verdict(
        List.copyOf(overlaps),
        handovers(),
        signatures(),
        List.copyOf(unreadable),
        complete < text.length());
  }

  private void take(Line line) {
    switch (line.kind()) {
      case START, EXIT -> open.remove(line.signer()); // a process number can come back
      case SIGN_START, SIGN -> {
        continueTenure(line);
        if (line.kind() == Line.Kind.SIGN) {
          compareHeight(line);
        }
      }
      case SIGN_STOP -> {
        continueTenure(line);
        keysOf(line.signer()).remove(line.key());
      }
    }
  }

  private Map<String, Tenure> keysOf(Signer signer) {
    return open.computeIfAbsent(signer, s -> new HashMap<>());
  }

  private void continueTenure(Line line) {
    Tenure tenure = keysOf(line.signer()).get(line.key());
    if (tenure == null) {
      tenure = new Tenure(line);
      keysOf(line.signer()).put(line.key(), tenure);
      tenures.add(tenure);
    } else {
      tenure.seen(line);
    }
  }

  private void compareHeight(Line line) {
    Signer before = signers.putIfAbsent(line.key() + " " + line.height(), line.signer());
    if (before != null && !before.equals(line.signer())) {
      overlaps.add(
          new Verdict.Overlap(
              Verdict.Meeting.SAME_HEIGHT, line.key(), before, line.signer(), 0, line.height()));
    }
  }

  private void findMeetings() {
    for (int later = 1; later < tenures.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        Tenure first = tenures.get(earlier);
        Tenure second = tenures.get(later);
        if (first.key.equals(second.key) && !first.signer.equals(second.signer)) {
          meeting(first, second)
              .ifPresent(
                  how ->
                      overlaps.add(
                          new Verdict.Overlap(
                              how,
                              first.key,
                              first.signer,
                              second.signer,
                              Math.max(0, first.lastClock - second.beginClock),
                              first.lastHeight)));
        }
      }
    }
  }

  private static Optional<Verdict.Meeting> meeting(Tenure first, Tenure second) {
    if (first.signedInto(second)) {
      return Optional.of(Verdict.Meeting.SIGNED_AFTER);
    }
    return first.heldInto(second) ? Optional.of(Verdict.Meeting.HELD_TOGETHER) : Optional.empty();
  }

  private List<Verdict.Handover> handovers() {
    Map<String, Tenure> last = new HashMap<>();
    List<Verdict.Handover> handovers = new ArrayList<>();
    for (Tenure tenure : tenures) {
      if (tenure.signatures == 0) {
        continue;
      }
      Tenure before = last.put(tenure.key, tenure);
      if (before != null) {
        handovers.add(
            new Verdict.Handover(
                tenure.key,
                before.signer,
                tenure.signer,
                before.lastSignClock,
                tenure.firstSignClock - before.lastSignClock,
                tenure.firstHeight - before.lastHeight - 1));
      }
    }
    return List.copyOf(handovers);
  }

  private Map<Signer, Long> signatures() {
    Map<Signer, Long> counts = new TreeMap<>(Comparator.comparing(Signer::toString));
    tenures.forEach(t -> counts.merge(t.signer, t.signatures, Long::sum));
    return counts;
  }
}
