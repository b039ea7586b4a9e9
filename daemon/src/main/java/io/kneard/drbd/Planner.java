package io.kneard.drbd;

import static io.kneard.drbd.Plan.Kind.CHANGE;
import static io.kneard.drbd.Plan.Kind.LAST;

import io.kneard.datamesh.LocalResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * From what a resource is to what it should be. Pure; repeated until nothing is left to do, so that
 * it does not matter where the one before was broken off. Nothing is ever taken down for a change
 * that can be made while it runs.
 */
final class Planner {
  private final Target target;
  private final LocalResource wanted;
  private final Found found;
  private final Setup setup;
  private final Plan.Draft draft = new Plan.Draft();

  private Planner(Target target, Found found) {
    this.target = target;
    this.wanted = target.resource();
    this.found = found;
    this.setup = found.setup().orElseGet(() -> asMade(target));
  }

  /** The way to the target. */
  static Plan toward(Target target, Found found) {
    if (found.setup().filter(setup -> another(target, setup)).isPresent()) {
      return away(target.name(), found);
    }
    return new Planner(target, found).plan();
  }

  /** The way to no resource at all. */
  static Plan away(String name, Found found) {
    Plan.Draft draft = new Plan.Draft();
    if (found.setup().isPresent()) {
      draft.add(CHANGE, Drbdsetup.down(name));
    }
    return draft.plan();
  }

  /** What cannot be changed while it runs: it is of an earlier life of the replica. */
  private static boolean another(Target target, Setup setup) {
    boolean otherDevice =
        setup.devices().stream()
            .anyMatch(device -> device.volume() != 0 || device.minor() != target.minor());
    return setup.nodeId() != target.resource().id() || otherDevice;
  }

  private Plan plan() {
    if (found.setup().isEmpty()) {
      draft.add(
          CHANGE, Drbdsetup.newResource(target.name(), wanted.id(), asMade(target).options()));
    }
    strongerQuorum();
    if (found.setup().flatMap(Setup::device).isEmpty()) {
      boolean client = wanted.disk() == LocalResource.Disk.NONE;
      draft.add(CHANGE, Drbdsetup.newMinor(target.name(), target.minor(), client));
    }
    new DiskPlan(target, found, draft).add();
    neverByItself();
    new PeersPlan(target, setup, found, draft).add();
    new DataPlan(target, found, draft).add();
    weakerQuorum();
    role();
    return draft.plan();
  }

  /** As it is right after it was made: with all its options, and without anything in it. */
  private static Setup asMade(Target target) {
    LocalResource resource = target.resource();
    Map<String, String> options = new TreeMap<>(Options.ofResource());
    options.put(Options.QUORUM, String.valueOf(resource.quorum()));
    options.put(Options.COPIES, Options.copies(resource.quorumMinimumRedundancy()));
    return new Setup(target.name(), resource.id(), options, List.of(), List.of());
  }

  private int quorum() {
    return setup.quorum().orElse(0);
  }

  /** While the disk stays, it may go on with the others' votes until its own counts no more. */
  private boolean keepsDisk() {
    return found.attached().isPresent() && wanted.disk() == LocalResource.Disk.ATTACHED;
  }

  /** More votes, or more copies, before anything else is changed. */
  private void strongerQuorum() {
    Map<String, String> options =
        new TreeMap<>(Options.changed(Options.ofResource(), setup.options()));
    boolean later = wanted.quorum() == LocalResource.NEVER && keepsDisk() && quorum() > 0;
    if (wanted.quorum() > quorum() && !later) {
      options.put(Options.QUORUM, String.valueOf(wanted.quorum()));
    }
    if (wantedCopies() > copies()) {
      options.put(Options.COPIES, Options.copies(wanted.quorumMinimumRedundancy()));
    }
    options(CHANGE, options);
  }

  /** Its disk has become one that does not vote. */
  private void neverByItself() {
    if (wanted.quorum() == LocalResource.NEVER
        && keepsDisk()
        && quorum() > 0
        && quorum() < wanted.quorum()) {
      options(CHANGE, Map.of(Options.QUORUM, String.valueOf(wanted.quorum())));
    }
  }

  /** Fewer votes, or fewer copies, when everything else is in place. */
  private void weakerQuorum() {
    Map<String, String> options = new TreeMap<>();
    if (wanted.quorum() < quorum()) {
      options.put(Options.QUORUM, String.valueOf(wanted.quorum()));
    }
    if (wantedCopies() < copies() || copiesAreWords()) {
      options.put(Options.COPIES, Options.copies(wanted.quorumMinimumRedundancy()));
    }
    options(LAST, options);
  }

  private void options(Plan.Kind kind, Map<String, String> options) {
    if (!options.isEmpty()) {
      draft.add(kind, Drbdsetup.resourceOptions(target.name(), options));
    }
  }

  private int wantedCopies() {
    return wanted.quorumMinimumRedundancy().orElse(1);
  }

  private int copies() {
    return copiesSet().filter(text -> text.matches("[0-9]{1,2}")).map(Integer::valueOf).orElse(1);
  }

  /** A one that somebody has set is not the same as off: it defeats tiebreakers. */
  private boolean copiesAreWords() {
    boolean asWanted =
        copiesSet().orElse(Options.OFF).equals(Options.copies(wanted.quorumMinimumRedundancy()));
    return wantedCopies() == copies() && !asWanted;
  }

  private Optional<String> copiesSet() {
    return Optional.ofNullable(setup.options().get(Options.COPIES));
  }

  private void role() {
    boolean primary = found.status().filter(Status::primary).isPresent();
    if (wanted.primary() && !primary) {
      draft.add(LAST, Drbdsetup.primary(target.name()));
    } else if (!wanted.primary() && primary) {
      draft.add(CHANGE, Drbdsetup.secondary(target.name()));
    }
  }
}
