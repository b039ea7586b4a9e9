package io.kneard.mesh;

import java.util.List;

/**
 * A mistake in the engine that the search has to find out.
 *
 * @param file of the engine, below its package
 * @param text in it, there exactly once
 * @param mistake in place of the text
 * @param habitat where it can show itself, in meshes of at most so many members
 * @param first the world in which the search of all of these has found it
 */
record Mutant(
    String name,
    String file,
    String text,
    String mistake,
    Habitat habitat,
    int members,
    String first) {
  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "half of the votes is enough",
              "Layout.java",
              "return voters / 2 + 1;",
              "return (voters + 1) / 2;",
              Habitat.SINGLE,
              2,
              "2D → 1D: #0 → ✕"),
          new Mutant(
              "q stays when voters change",
              "Mesh.java",
              "same ? q : Layout.majority(voters)",
              "q",
              Habitat.SINGLE,
              2,
              "2D → 1D: #0 → ✕"),
          new Mutant(
              "q follows the voters in a second revision",
              "plan/Change.java",
              "return s.mesh().with(member.get().as(to.get(), s.pool()));",
              "return s.mesh().with(member.get().as(to.get(), s.pool())).withQ(s.mesh().q());",
              Habitat.SINGLE,
              2,
              "2D → 1D: #0 → ✕"),
          new Mutant(
              "only the subject confirms that it votes",
              "plan/Confirmation.java",
              "return onlyTheDisk ? SUBJECT : ALL_MEMBERS;",
              "return SUBJECT;",
              Habitat.SINGLE,
              2,
              "1D → 1D: #1 → D"),
          new Mutant(
              "the revision before the step's is confirmation enough",
              "plan/Confirmation.java",
              "r.revision() >= revision)",
              "r.revision() >= revision - 1)",
              Habitat.SINGLE,
              3,
              "3D → 2D+1TB: #0 → TB"),
          new Mutant(
              "views nobody published last are forgotten at once",
              "Mesh.java",
              "superseded.stream().filter(old -> someoneHolds(old, applied)).toList()",
              "superseded.stream().filter(old -> someoneHolds(old, m -> old.since())).toList()",
              Habitat.PAIRS,
              4,
              "2D+1TB → 1D: #2 → ✕: #3 → TB"),
          guard(
              "QMR_READY",
              "LeavingGuards.qmrReady(s)",
              Habitat.PAIRS,
              2,
              "2D → 1D: #0 → A: #1 → ✕"),
          guard("FTT_BDL", "LeavingGuards.fttBdl(s)", Habitat.PAIRS, 2, "1D → 1D: #0 → ✕: #1 → D"),
          guard("FTT_BUA", "LeavingGuards.fttBua(s)", Habitat.SINGLE, 3, "3D → 3D: #0 → TB"),
          guard(
              "TB_READY",
              "LeavingGuards.tieBreakerReady(s)",
              Habitat.SINGLE,
              3,
              "3D → 2D+1TB: #0 → ✕"),
          guard(
              "TB_REQUIRED",
              "LeavingGuards.tbRequired(s)",
              Habitat.SINGLE,
              3,
              "2D+1TB → 2D+1TB: #2 → ✕"),
          guard(
              "NOT_ATTACHED",
              "LeavingGuards.notAttached(s)",
              Habitat.USERS,
              2,
              "1D+A → 1D, Use[host=1], Want[host=1, type=Optional.empty]"),
          new Mutant(
              "a dead member is removed whatever it has",
              "plan/MeshPlans.java",
              "Guard.UNREACHABLE, Guard.VOTER_REMAINS, Guard.COPY_REMAINS)",
              "Guard.UNREACHABLE)",
              Habitat.TROUBLES,
              2,
              "1D → 1D, Crash[host=0], Want[host=0, type=Optional.empty]"),
          guard(
              "COPY_REMAINS",
              "ForcingGuards.copyRemains(s)",
              Habitat.TROUBLES,
              2,
              "1D → 1D: #1 → D, Crash[host=0], Want[host=0, type=Optional.empty]"),
          guard(
              "UNREACHABLE",
              "ForcingGuards.unreachable(s)",
              Habitat.TROUBLES,
              3,
              "2D+1TB → 2D+1TB, GiveUp[host=0], GiveUp[host=1]"),
          new Mutant(
              "qmr is raised before the copies are there",
              "plan/Hold.java",
              "case COPIES -> copies(s);",
              "case COPIES -> Optional.<String>empty();",
              Habitat.SINGLE,
              2,
              "1D → 2D: #1 → D"),
          new Mutant(
              "the vote comes before the data",
              "plan/Hold.java",
              "case SYNCED -> synced(s);",
              "case SYNCED -> Optional.<String>empty();",
              Habitat.SINGLE,
              2,
              "1D → 1D (flant-drbd): #1 → D"),
          new Mutant(
              "the disk is detached although a guard has come to block",
              "plan/Hold.java",
              "case STILL_SAFE -> plan.blocks(s).map(Block::reason);",
              "case STILL_SAFE -> Optional.<String>empty();",
              Habitat.TROUBLES,
              2,
              "2D → 1D: #1 → ✕, Crash[host=0], Want[host=0, type=Optional.empty]"),
          new Mutant(
              "two voters come and go at once",
              "engine/Parallelism.java",
              "first(others, Group.VOTER, Group.QUORUM, Group.ADDRESSES)\n"
                  + "              .or(() -> resizing(proposed, others))",
              "resizing(proposed, others)",
              Habitat.PAIRS,
              2,
              "2D → 1D: #0 → ✕: #1 → ✕"),
          new Mutant(
              "a second host attaches before multiattach",
              "engine/Parallelism.java",
              "return second && !allowed",
              "return second && !allowed && others.size() > 99",
              Habitat.USERS,
              2,
              "1D+A → 1D, Use[host=0], Use[host=1]"),
          new Mutant(
              "two steps swapped: the vote before the place in the mesh",
              "plan/MembershipPlans.java",
              "Path.joining(odd.viaShadow(false), ACCESS, LIMINAL_DISKFUL, DISKFUL)",
              "Path.joining(odd.viaShadow(false), LIMINAL_DISKFUL, ACCESS, DISKFUL)",
              Habitat.SINGLE,
              2,
              "1D → 1D: #1 → D"),
          new Mutant(
              "nobody looks at what two revisions allow together",
              "Split.java",
              "if (becomes && (",
              "if (group < 0 && becomes && (",
              Habitat.PAIRS,
              4,
              "2D+1TB → 1D: #2 → ✕: #3 → TB"));

  private static Mutant guard(
      String name, String call, Habitat habitat, int members, String first) {
    return new Mutant(
        "without the guard " + name,
        "plan/Guard.java",
        "case " + name + " -> " + call + ";",
        "case " + name + " -> Optional.<String>empty();",
        habitat,
        members,
        first);
  }
}
