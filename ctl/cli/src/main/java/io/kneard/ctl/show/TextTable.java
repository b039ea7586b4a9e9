package io.kneard.ctl.show;

import java.util.ArrayList;
import java.util.List;

/** Rows under a heading; each column is as wide as it has to be. */
final class TextTable {
  private static final int GAP = 2;

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... heading) {
    rows.add(List.of(heading));
  }

  /** Adds a row; only the last cell may be coloured: nothing has to fit behind it. */
  TextTable add(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(each -> width(each.get(column))).max().orElse(0);
        text.append(row.get(i));
        if (i < row.size() - 1) {
          text.append(" ".repeat(width - width(row.get(i)) + GAP));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
