package io.kneard.bench;

import io.kneard.testbed.Scratch;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The gaps of each fault, with all settings side by side. */
final class GapReport {
  private static final String ROW = "%-20s %-23s %10s %10s %10s  %s%n";

  private final int rounds;
  private final PrintStream out;

  private record Cell(Fault fault, Column column, List<Long> gaps, boolean oneSigner) {}

  GapReport(int rounds, PrintStream out) {
    this.rounds = rounds;
    this.out = out;
  }

  /** Measures and prints; false if two ever signed at once. */
  boolean print(List<Fault> faults) throws Exception {
    boolean oneSigner = true;
    out.printf(ROW, "fault", "settings", "median ms", "worst ms", "rounds", "wanted");
    for (Fault fault : faults) {
      for (Cell cell : cells(fault)) {
        print(cell);
        oneSigner &= cell.oneSigner();
      }
    }
    out.print(Column.NOTE);
    out.println(oneSigner ? "never two signers" : "TWO SIGNERS: see above");
    return oneSigner;
  }

  /** At the same time: what disturbs one disturbs the others. */
  private List<Cell> cells(Fault fault) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(Column.values().length);
    try {
      List<Callable<Cell>> tasks =
          Stream.of(Column.values()).map(c -> (Callable<Cell>) () -> cell(fault, c)).toList();
      List<Cell> cells = new ArrayList<>();
      for (Future<Cell> each : threads.invokeAll(tasks)) {
        cells.add(each.get());
      }
      return cells;
    } finally {
      threads.shutdownNow();
    }
  }

  private Cell cell(Fault fault, Column column) throws Exception {
    try (Scratch scratch = Scratch.create("kneard-bench-");
        GapBench bench = GapBench.start(scratch.folder(), column)) {
      List<Long> gaps = bench.run(fault, rounds);
      return new Cell(fault, column, gaps, bench.oneSignerAtATime());
    }
  }

  private void print(Cell cell) {
    List<Long> gaps = cell.gaps();
    out.printf(
        ROW,
        cell.fault().title(),
        cell.column(),
        gaps.get(gaps.size() / 2),
        gaps.get(gaps.size() - 1),
        gaps.size(),
        cell.fault().wanted() + (cell.oneSigner() ? "" : "  TWO SIGNERS"));
  }
}
