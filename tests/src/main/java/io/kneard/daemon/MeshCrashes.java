package io.kneard.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Crashes between any two things that are done for a volume, each in a life of its own. */
public final class MeshCrashes {
  private final MeshCluster cluster;
  private final int atOnce;
  private int lives;

  /**
   * @param atOnce lives at the same time; what is done in one counts in all, and so does a crash
   */
  public MeshCrashes(MeshCluster cluster, int atOnce) {
    this.cluster = cluster;
    this.atOnce = atOnce;
  }

  /** How many things are done in a life without a crash. */
  public int things() throws InterruptedException {
    MeshStory.Outcome quiet = MeshStory.play(cluster, "life-" + lives++, MeshCrash.Who.DAEMON, -1);
    if (quiet.violation().isPresent()) {
      throw new AssertionError(quiet.toString());
    }
    return quiet.done();
  }

  /** What was wrong in the lives with a crash after so many things, of either process. */
  public List<String> violations(List<Integer> after) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      List<Future<MeshStory.Outcome>> outcomes = new ArrayList<>();
      for (int point : after) {
        for (MeshCrash.Who who : MeshCrash.Who.values()) {
          String name = "life-" + lives++;
          outcomes.add(threads.submit(() -> MeshStory.play(cluster, name, who, point)));
        }
      }
      List<String> violations = new ArrayList<>();
      for (Future<MeshStory.Outcome> outcome : outcomes) {
        if (outcome.get().violation().isPresent()) {
          violations.add(outcome.get().toString());
        }
      }
      return violations;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
