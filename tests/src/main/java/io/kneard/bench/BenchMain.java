package io.kneard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The program behind {@code tests/bench}: gaps with hot promotion and with restarts. */
public final class BenchMain {
  private static final int ROUNDS = 10;

  private BenchMain() {}

  private record Column(String profile, String promotion) {
    @Override
    public String toString() {
      return profile + ", " + promotion;
    }
  }

  private record Cell(Fault fault, Column column, List<Long> gaps, boolean oneSigner) {}

  /**
   * Arguments: the number of rounds, and the faults; without them ten rounds of all. Exit status 1
   * if two ever signed at once.
   */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
    List<Fault> faults = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      faults.add(Fault.valueOf(args[i].toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    boolean oneSigner = true;
    System.out.printf(
        "%-20s %-20s %10s %10s %10s  %s%n",
        "fault", "profile, promotion", "median ms", "worst ms", "rounds", "wanted");
    for (Fault fault : faults.isEmpty() ? List.of(Fault.values()) : faults) {
      for (Cell cell : cells(fault, rounds)) {
        print(cell);
        oneSigner &= cell.oneSigner();
      }
    }
    System.out.println(oneSigner ? "never two signers" : "TWO SIGNERS: see above");
    System.exit(oneSigner ? 0 : 1);
  }

  /** Side by side, at the same time: what disturbs one disturbs the others. */
  private static List<Cell> cells(Fault fault, int rounds) throws Exception {
    List<Column> columns =
        new ArrayList<>(List.of(new Column("fast", "hot"), new Column("fast", "restart")));
    if (fault == Fault.HOST_LOSS) {
      columns.add(new Column("reference", "hot"));
      columns.add(new Column("reference", "restart"));
    }
    ExecutorService threads = Executors.newFixedThreadPool(columns.size());
    try {
      List<Callable<Cell>> tasks = new ArrayList<>();
      columns.forEach(column -> tasks.add(() -> cell(fault, column, rounds)));
      List<Cell> cells = new ArrayList<>();
      for (Future<Cell> each : threads.invokeAll(tasks)) {
        cells.add(each.get());
      }
      return cells;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Cell cell(Fault fault, Column column, int rounds) throws Exception {
    Path root = Files.createTempDirectory("kneard-bench-");
    try (GapBench bench = GapBench.start(root, column.profile(), column.promotion())) {
      List<Long> gaps = bench.run(fault, rounds);
      return new Cell(fault, column, gaps, bench.oneSignerAtATime());
    } finally {
      delete(root);
    }
  }

  private static void print(Cell cell) {
    List<Long> gaps = cell.gaps();
    System.out.printf(
        "%-20s %-20s %10d %10d %10d  %s%s%n",
        cell.fault().title(),
        cell.column(),
        gaps.get(gaps.size() / 2),
        gaps.get(gaps.size() - 1),
        gaps.size(),
        cell.fault().wanted(),
        cell.oneSigner() ? "" : "  TWO SIGNERS");
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
