package io.kneard.simulation;

/** tmp */
final class SimulateMain {
  private SimulateMain() {}

  public static void main(String[] args) {
    Config config = Config.valueOf(args[0]);
    long seed = Long.parseLong(args[1]);
    int n = Integer.parseInt(args[2]);
    if (n == 1) {
      Trace trace = new Trace();
      Schedule schedule = Schedule.of(seed, config);
      schedule.faults().forEach(f -> System.out.println(f.text()));
      Outcome o = World.play(schedule, Measures.ALL, trace);
      trace.lines().forEach(System.out::println);
      System.out.println(o);
      return;
    }
    long begin = System.nanoTime();
    int bad = 0;
    long events = 0, recovery = 0;
    int excused = 0;
    long le = 0;
    for (long s = seed; s < seed + n; s++) {
      Outcome o = World.play(Schedule.of(s, config), Measures.ALL, null);
      events += o.events();
      recovery = Math.max(recovery, o.recovery());
      excused += o.excused();
      le = Math.max(le, o.longestExcused());
      if (!o.clean()) {
        bad++;
        if (bad < 30)
          System.out.println(s + " " + o.violated() + " " + o.where() + " " + o.detail());
      }
    }
    double t = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "n=%d bad=%d t=%.1f ms/schedule=%.2f events=%d recovery=%.1f excused=%d longest=%.2f%n",
        n, bad, t, t * 1000 / n, events / n, recovery / 1e9, excused, le / 1e9);
  }
}
