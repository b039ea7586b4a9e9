package io.kneard.drbd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a plan: a part ends where a command fails, and the last parts are run only if none did. */
final class Pass {
  private final Tools tools;
  private final List<String> problems = new ArrayList<>();
  private Optional<String> inUse = Optional.empty();
  private boolean hung;
  private boolean clean = true;

  Pass(Tools tools) {
    this.tools = tools;
  }

  void run(Plan plan) throws InterruptedException {
    for (Plan.Part part : plan.parts()) {
      boolean due = part.kind() != Plan.Kind.LAST || problems.isEmpty();
      if (due && !hung) {
        run(part);
      }
    }
  }

  private void run(Plan.Part part) throws InterruptedException {
    for (Command command : part.commands()) {
      Ran ran = tools.run(command);
      if (ran.serves(command)) {
        continue;
      }
      clean = false;
      hung = ran.ending() == Ran.Ending.HUNG;
      Refusal refusal = Refusal.of(ran.words());
      if (refusal.kind() == Refusal.Kind.IN_USE) {
        inUse = Optional.of(refusal.text());
      }
      if (part.kind() != Plan.Kind.UPKEEP && refusal.kind() != Refusal.Kind.RACE) {
        problems.add(ran.problem(command));
      }
      return;
    }
  }

  List<String> problems() {
    return problems;
  }

  /** Whether every command was run and has done what it is for. */
  boolean clean() {
    return clean;
  }

  /** Who holds the device open, in the kernel's words; empty if nobody was found to. */
  Optional<String> inUse() {
    return inUse;
  }

  boolean hung() {
    return hung;
  }
}
