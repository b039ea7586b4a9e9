package io.kneard.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a ledger shows.
 *
 * @param signatures how many there are
 * @param overlaps two processes that signed the same height with the same key, or the earlier of
 *     which signed again after the later had begun
 * @param handovers changes from one signing process to the next
 */
public record Verdict(int signatures, List<String> overlaps, List<Handover> handovers) {

  /** A change of the signing process. */
  public record Handover(String from, String to, long gapMillis) {}

  private record Signature(long millis, long height, String key, String signer) {}

  /** Reads a ledger; a last line that was cut off by a crash is left out. */
  public static Verdict of(Path ledger) throws IOException {
    List<Signature> all = new ArrayList<>();
    if (Files.exists(ledger)) {
      String text = Files.readString(ledger);
      text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> all.add(parse(line)));
    }
    all.sort(Comparator.comparingLong(Signature::millis));
    return judge(all);
  }

  private static Signature parse(String line) {
    java.util.Scanner words = new java.util.Scanner(line);
    words.next();
    return new Signature(words.nextLong(), words.nextLong(), words.next(), words.next());
  }

  private static Verdict judge(List<Signature> all) {
    List<String> overlaps = new ArrayList<>();
    List<Handover> handovers = new ArrayList<>();
    Map<String, Signature> byHeight = new HashMap<>();
    Map<String, List<String>> signers = new HashMap<>();
    Map<String, Signature> last = new HashMap<>();
    for (Signature each : all) {
      Signature same = byHeight.putIfAbsent(each.key() + " " + each.height(), each);
      if (same != null && !same.signer().equals(each.signer())) {
        overlaps.add("height %d: %s and %s".formatted(each.height(), same.signer(), each.signer()));
      }
      List<String> before = signers.computeIfAbsent(each.key(), key -> new ArrayList<>());
      Signature previous = last.put(each.key(), each);
      if (previous != null && !previous.signer().equals(each.signer())) {
        if (before.contains(each.signer())) {
          overlaps.add(
              "%s signed again at %d ms after %s had begun"
                  .formatted(each.signer(), each.millis(), previous.signer()));
        }
        handovers.add(
            new Handover(previous.signer(), each.signer(), each.millis() - previous.millis()));
      }
      if (!before.contains(each.signer())) {
        before.add(each.signer());
      }
    }
    return new Verdict(all.size(), List.copyOf(overlaps), List.copyOf(handovers));
  }
}
