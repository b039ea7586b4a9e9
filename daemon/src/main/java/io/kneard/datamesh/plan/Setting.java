package io.kneard.datamesh.plan;

import io.kneard.datamesh.BackingSize;
import io.kneard.datamesh.Founder;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Stage;
import java.util.List;

/** Changes that are about the whole mesh, or about something else of a member than its type. */
public enum Setting implements Change {
  /** One UpToDate copy more is needed. */
  RAISE_QMR,
  /** One UpToDate copy less is needed. */
  LOWER_QMR,
  /** The votes needed are those of the voters there are. */
  CORRECT_Q,
  /** The UpToDate copies needed are those wanted, as far as there are enough. */
  CORRECT_QMR,
  ATTACH,
  DETACH,
  ENABLE_MULTIATTACH,
  DISABLE_MULTIATTACH,
  /** Members are where they report to be. */
  REPAIR_ADDRESSES,
  RESIZE,
  /** A dead member is no member anymore. */
  DROP,
  /** The founders are the members. */
  FOUND,
  /** One member declares its disk to be the data. */
  SEED,
  /** There is data. */
  FORM;

  @Override
  public Mesh apply(Situation s) {
    return switch (this) {
      case RAISE_QMR -> s.mesh().withQmr(Redundancy.oneUp(s));
      case LOWER_QMR -> s.mesh().withQmr(Redundancy.oneDown(s));
      case CORRECT_Q -> s.mesh().withQ(Layout.majority(s.voters()));
      case CORRECT_QMR -> s.mesh().withQmr(Redundancy.wanted(s));
      case ATTACH -> attached(s, true);
      case DETACH -> attached(s, false);
      case ENABLE_MULTIATTACH -> s.mesh().withMultiattach(true);
      case DISABLE_MULTIATTACH -> s.mesh().withMultiattach(false);
      case REPAIR_ADDRESSES -> repaired(s);
      case RESIZE -> s.mesh().withSize(wantedSize(s));
      case DROP -> s.mesh().minus(s.subject());
      case FOUND -> founded(s);
      case SEED -> s.mesh().withStage(Stage.SEEDING);
      case FORM -> s.mesh().withStage(Stage.FORMED);
    };
  }

  private static Mesh attached(Situation s, boolean now) {
    return s.member().map(member -> s.mesh().with(member.withAttached(now))).orElse(s.mesh());
  }

  private static Mesh repaired(Situation s) {
    return s.mesh()
        .withMembers(s.mesh().members().stream().map(member -> repaired(s, member)).toList());
  }

  private static Member repaired(Situation s, Member member) {
    return s.facts()
        .live(member.id())
        .map(Report::addresses)
        .filter(addresses -> !addresses.isEmpty())
        .map(member::withAddresses)
        .orElse(member);
  }

  /** Bytes the volume is to have. */
  public static long wantedSize(Situation s) {
    return BackingSize.usable(s.picture().volume().wantedSize());
  }

  private static Mesh founded(Situation s) {
    List<Member> members =
        s.picture().founders().stream().map(founder -> member(s, founder)).toList();
    return s.mesh()
        .withMembers(members)
        .withQ(Layout.majority((int) members.stream().filter(m -> m.type().voter()).count()))
        .withQmr(s.configuration().layout().qmr())
        .withSize(wantedSize(s));
  }

  private static Member member(Situation s, Founder founder) {
    return Change.create(
        s, s.picture().replica(founder.replica()).orElseThrow(), founder.type(), founder.pool());
  }
}
