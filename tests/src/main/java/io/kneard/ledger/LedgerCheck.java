package io.kneard.ledger;

import io.kneard.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The program {@code ledger-check}. */
public final class LedgerCheck {
  private LedgerCheck() {}

  /** {@code [--json] FILE}; ends with 0, 1 on an overlap, 2 if the file cannot be judged. */
  public static void main(String[] args) {
    boolean json = args.length == 2 && args[0].equals("--json");
    if (args.length != (json ? 2 : 1)) {
      System.err.println("usage: ledger-check [--json] FILE");
      System.exit(2);
    }
    try {
      Verdict verdict = Ledger.judge(Path.of(args[args.length - 1]));
      System.out.print(json ? Json.write(json(verdict)) + "\n" : text(verdict));
      System.exit(status(verdict));
    } catch (IOException e) {
      System.err.println("the ledger cannot be read: " + e);
      System.exit(2);
    }
  }

  private static int status(Verdict verdict) {
    if (!verdict.oneSignerAtATime()) {
      return 1;
    }
    return verdict.unreadable().isEmpty() ? 0 : 2;
  }

  /** For people. */
  public static String text(Verdict verdict) {
    StringBuilder out = new StringBuilder();
    verdict
        .signatures()
        .forEach((signer, count) -> out.append("%-24s %d signatures%n".formatted(signer, count)));
    for (Verdict.Handover h : verdict.handovers()) {
      out.append(
          "%s -> %s: %d ms, %d blocks without a signature%n"
              .formatted(h.from(), h.to(), h.gapMillis(), h.gapBlocks()));
    }
    for (Verdict.Overlap o : verdict.overlaps()) {
      out.append(
          "OVERLAP %s: %s and %s with %s, %d ms, height %d%n"
              .formatted(o.how(), o.first(), o.second(), o.key(), o.millis(), o.height()));
    }
    verdict.unreadable().forEach(n -> out.append("line %d is damaged%n".formatted(n)));
    out.append(
        verdict.oneSignerAtATime()
            ? "one signer at a time\n"
            : "TWO SIGNERS AT ONCE, %d times%n".formatted(verdict.overlaps().size()));
    return out.toString();
  }

  private static Map<String, Object> json(Verdict verdict) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("one_signer_at_a_time", verdict.oneSignerAtATime());
    json.put("overlaps", verdict.overlaps().stream().map(LedgerCheck::json).toList());
    json.put("handovers", verdict.handovers().stream().map(LedgerCheck::json).toList());
    Map<String, Object> counts = new LinkedHashMap<>();
    verdict.signatures().forEach((signer, count) -> counts.put(signer.toString(), count));
    json.put("signatures", counts);
    json.put("unreadable_lines", List.copyOf(verdict.unreadable()));
    json.put("truncated", verdict.truncated());
    return json;
  }

  private static Map<String, Object> json(Verdict.Overlap o) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("how", o.how().name());
    json.put("key", o.key());
    json.put("first", o.first().toString());
    json.put("second", o.second().toString());
    json.put("overlap_ms", o.millis());
    json.put("height", o.height());
    return json;
  }

  private static Map<String, Object> json(Verdict.Handover h) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", h.key());
    json.put("from", h.from().toString());
    json.put("to", h.to().toString());
    json.put("at_ms", h.atMillis());
    json.put("gap_ms", h.gapMillis());
    json.put("gap_blocks", h.gapBlocks());
    return json;
  }
}
