package io.kneard.mesh;

import java.util.List;

/**
 * A mistake in the engine that the search has to find out.
 *
 * @param file of the engine, below its package
 * @param text in it, there exactly once
 * @param mistake in place of the text
 */
record Mutant(
    String name,
    String file,
    String text,
    String mistake,
    Habitat habitat,
    int members,
    String first) {

  Mutant(String name, String file, String text, String mistake) {
    this(name, file, text, mistake, Habitat.SINGLE, 3, "");
  }

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "half of the votes is enough",
              "Layout.java",
              "return voters / 2 + 1;",
              "return (voters + 1) / 2;"),
          new Mutant(
              "q stays when voters change", "Mesh.java", "same ? q : Layout.majority(voters)", "q"),
          new Mutant(
              "q follows the voters in a second revision",
              "plan/Change.java",
              "return s.mesh().with(member.get().as(to.get(), s.pool()));",
              "return s.mesh().with(member.get().as(to.get(), s.pool())).withQ(s.mesh().q());"),
          new Mutant(
              "only the subject confirms that it votes",
              "plan/Confirmation.java",
              "return onlyTheDisk ? SUBJECT : ALL_MEMBERS;",
              "return SUBJECT;"),
          new Mutant(
              "the revision before the step's is confirmation enough",
              "plan/Confirmation.java",
              "r.revision() >= revision)",
              "r.revision() >= revision - 1)"),
          new Mutant(
              "views nobody published last are forgotten at once",
              "Mesh.java",
              "superseded.stream().filter(old -> someoneHolds(old, applied)).toList()",
              "superseded.stream().filter(old -> someoneHolds(old, m -> old.since())).toList()"),
          guard("QMR_READY", "LeavingGuards.qmrReady(s)"),
          guard("FTT_BDL", "LeavingGuards.fttBdl(s)"),
          guard("FTT_BUA", "LeavingGuards.fttBua(s)"),
          guard("TB_READY", "LeavingGuards.tieBreakerReady(s)"),
          guard("TB_REQUIRED", "LeavingGuards.tbRequired(s)"),
          guard("NOT_ATTACHED", "LeavingGuards.notAttached(s)"),
          new Mutant(
              "a dead member is removed whatever it has",
              "plan/MeshPlans.java",
              "Guard.UNREACHABLE, Guard.VOTER_REMAINS, Guard.COPY_REMAINS)",
              "Guard.UNREACHABLE)"),
          guard("COPY_REMAINS", "ForcingGuards.copyRemains(s)"),
          guard("UNREACHABLE", "ForcingGuards.unreachable(s)"),
          new Mutant(
              "qmr is raised before the copies are there",
              "plan/Hold.java",
              "case COPIES -> copies(s);",
              "case COPIES -> Optional.<String>empty();"),
          new Mutant(
              "the vote comes before the data",
              "plan/Hold.java",
              "case SYNCED -> synced(s);",
              "case SYNCED -> Optional.<String>empty();"),
          new Mutant(
              "the disk is detached although a guard has come to block",
              "plan/Hold.java",
              "case STILL_SAFE -> plan.blocks(s).map(Block::reason);",
              "case STILL_SAFE -> Optional.<String>empty();"),
          new Mutant(
              "two voters come and go at once",
              "engine/Parallelism.java",
              "first(others, Group.VOTER, Group.QUORUM, Group.ADDRESSES)\n"
                  + "              .or(() -> resizing(proposed, others))",
              "resizing(proposed, others)"),
          new Mutant(
              "a second host attaches before multiattach",
              "engine/Parallelism.java",
              "return second && !allowed",
              "return second && !allowed && others.size() > 99"),
          new Mutant(
              "two steps swapped: the vote before the place in the mesh",
              "plan/MembershipPlans.java",
              "Path.joining(odd.viaShadow(false), ACCESS, LIMINAL_DISKFUL, DISKFUL)",
              "Path.joining(odd.viaShadow(false), LIMINAL_DISKFUL, ACCESS, DISKFUL)"),
          new Mutant(
              "nobody looks at what two revisions allow together",
              "Split.java",
              "if (becomes && (",
              "if (group < 0 && becomes && ("));

  private static Mutant guard(String name, String call) {
    return new Mutant(
        "without the guard " + name,
        "plan/Guard.java",
        "case " + name + " -> " + call + ";",
        "case " + name + " -> Optional.<String>empty();");
  }
}
