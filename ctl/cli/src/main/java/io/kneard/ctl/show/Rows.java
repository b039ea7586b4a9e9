package io.kneard.ctl.show;

import java.util.ArrayList;
import java.util.List;

/** Labels in a column of their own, and what belongs to them beside it. */
final class Rows {
  private static final int GAP = 2;

  private record Row(String label, String value) {}

  private final List<Row> rows = new ArrayList<>();

  Rows add(String label, String value) {
    rows.add(new Row(label, value));
    return this;
  }

  @Override
  public String toString() {
    int width = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0) + GAP;
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append(row.label())
          .append(" ".repeat(width - row.label().length()))
          .append(row.value())
          .append('\n');
    }
    return text.toString();
  }
}
