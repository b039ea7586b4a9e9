package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.ControlProblem;
import io.kneard.ctl.api.Problem;
import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.ctl.show.MeshText;
import io.kneard.ctl.show.ProgressLine;
import io.kneard.ctl.show.SyncText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** A command about volumes. */
abstract class MeshCommand extends ControlCommand {

  /** Shows a volume, at once or when it is as it is wanted. */
  final ExitCode after(ControlClient client, VolumeView view, WaitOptions waiting)
      throws ControlException, IOException, InterruptedException {
    if (!waiting.wait) {
      show(view, () -> MeshText.volume(view, style()));
      return ExitCode.OK;
    }
    ProgressLine progress = new ProgressLine(json() ? null : out(), around().terminal());
    long begun = System.nanoTime();
    Optional<VolumeView> last = Optional.of(view);
    try {
      while (last.isPresent() && !last.get().settled()) {
        progress.show(SyncText.brief(last.get()));
        if (System.nanoTime() - begun >= waiting.timeout.toNanos()) {
          around()
              .err()
              .println(
                  "kneardctl: not so within the time; it goes on: 'kneardctl volume show "
                      + view.name()
                      + "'");
          return ExitCode.TIMED_OUT;
        }
        Thread.sleep(Math.max(1, around().tick().toMillis() / 2));
        last = look(client, view.name());
      }
    } finally {
      progress.end();
    }
    VolumeView end = last.orElse(view);
    boolean gone = last.isEmpty();
    if (gone && !view.deleting()) {
      around().err().println(Kneardctl.NAME + ": " + end.name() + " was deleted meanwhile.");
      return ExitCode.FAILED;
    }
    show(end, () -> gone ? end.name() + " is gone" : MeshText.volume(end, style()));
    return ExitCode.OK;
  }

  private static Optional<VolumeView> look(ControlClient client, String name)
      throws ControlException {
    try {
      return Optional.of(client.mesh().volume(name));
    } catch (ControlProblem e) {
      if (e.problem().code().equals(Problem.NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Asks whether a dangerous thing is meant; says so if it is not.
   *
   * @throws ParameterException where nobody can be asked
   */
  final boolean declined(boolean yes, String what) throws IOException {
    if (yes) {
      return false;
    }
    if (!around().terminal()) {
      throw usage(what + " To mean it, say --yes");
    }
    around().err().print(what + " Type 'yes' to go on: ");
    String said =
        new BufferedReader(new InputStreamReader(around().in(), StandardCharsets.UTF_8)).readLine();
    if ("yes".equals(said)) {
      return false;
    }
    around().err().println(Kneardctl.NAME + ": Nothing was done.");
    return true;
  }
}
