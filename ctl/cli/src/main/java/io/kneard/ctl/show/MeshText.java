package io.kneard.ctl.show;

import io.kneard.ctl.api.mesh.ClassView;
import io.kneard.ctl.api.mesh.ReplicaView;
import io.kneard.ctl.api.mesh.TransitionView;
import io.kneard.ctl.api.mesh.VolumeLine;
import io.kneard.ctl.api.mesh.VolumeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Volumes, drawn. */
public final class MeshText {
  private MeshText() {}

  /** A line for each. */
  public static String volumes(List<VolumeLine> volumes, Style style) {
    if (volumes.isEmpty()) {
      return "There is no volume.";
    }
    TextTable table = new TextTable("volume", "size", "layout", "replicas", "used on", "state");
    for (VolumeLine line : volumes) {
      table.add(
          Plain.line(line.name()),
          Bytes.of(line.size()),
          Plain.line(line.layout()),
          or(line.replicas()),
          or(line.usedOn()),
          line.settled() ? style.good("settled") : style.warn(Plain.line(line.state())));
    }
    return table.toString();
  }

  /** A line for each class. */
  public static String classes(List<ClassView> classes) {
    if (classes.isEmpty()) {
      return "There is no class.";
    }
    TextTable table =
        new TextTable("class", "layout", "topology", "access", "changes", "volumes", "state");
    for (ClassView one : classes) {
      table.add(
          Plain.line(one.name()),
          Plain.line(one.layout()),
          Plain.line(one.topology()),
          Plain.line(one.access()),
          one.existing() ? "%d at once".formatted(one.inFlight()) : "new ones only",
          Integer.toString(one.volumes()),
          Plain.line(one.state()));
    }
    return table.toString();
  }

  /** All about one. */
  public static String volume(VolumeView view, Style style) {
    StringBuilder text = new StringBuilder(head(view, style).toString());
    text.append('\n').append(members(view)).append('\n').append(links(view));
    section(text, "sync", SyncText.lines(view));
    goesOn(text, view);
    List<String> problems =
        view.replicas().stream()
            .filter(replica -> replica.problem() != null)
            .map(replica -> "%s: %s".formatted(replica.host(), replica.problem()))
            .toList();
    section(text, "problems", problems);
    return text.toString();
  }

  private static Rows head(VolumeView view, Style style) {
    boolean same = view.layout().equals(view.goal());
    String state = view.settled() ? "settled" : Plain.line(view.state());
    return new Rows()
        .add("volume", Plain.line(view.name()) + ", " + Plain.line(view.device()))
        .add("state", view.settled() ? style.good(state) : style.warn(state))
        .add("size", size(view))
        .add(
            "layout",
            Plain.line(view.layout()) + (same ? "" : ", on the way to " + Plain.line(view.goal())))
        .add("protection", Plain.line(view.protection()))
        .add("survives", survives(view, style))
        .add("quorum", "q=%d, qmr=%d".formatted(view.votes(), view.copies()))
        .add(
            "mode",
            "%s, access %s, topology %s, at most %d attached"
                .formatted(
                    view.manual() ? "manual" : "managed",
                    Plain.line(view.access()),
                    Plain.line(view.topology()),
                    view.maxAttachments()))
        .add("revision", "%d, %s".formatted(view.revision(), Plain.line(view.stage())));
  }

  /** Actual against wanted: fewer is worth a look, less than none an alarm. */
  private static String survives(VolumeView view, Style style) {
    if (view.actualFttBua() == null || view.actualFttBdl() == null) {
      return style.warn("not known");
    }
    int bua = view.actualFttBua();
    int bdl = view.actualFttBdl();
    String text =
        "%d of %d failures wanted before I/O stops, %d of %d before data is lost"
            .formatted(bua, view.wantedFttBua(), bdl, view.wantedFttBdl());
    if (bua < 0 || bdl < 0) {
      return style.bad(text);
    }
    boolean less = bua < view.wantedFttBua() || bdl < view.wantedFttBdl();
    return less ? style.warn(text) : text;
  }

  private static String size(VolumeView view) {
    String now = Bytes.of(view.size());
    return view.wantedSize() > view.size() ? now + ", to be " + Bytes.of(view.wantedSize()) : now;
  }

  private static String members(VolumeView view) {
    TextTable table =
        new TextTable("id", "host", "zone", "type", "disk", "applied", "use", "what happens");
    for (ReplicaView replica : view.replicas()) {
      table.add(
          "#" + replica.id(),
          Plain.line(replica.host()),
          or(replica.zone()),
          type(replica),
          disk(replica),
          replica.revision() == null ? "-" : Long.toString(replica.revision()),
          use(replica),
          Plain.line(replica.membership() + (replica.use().isEmpty() ? "" : "; " + replica.use())));
    }
    return table.toString();
  }

  private static String type(ReplicaView replica) {
    String is = replica.type() == null ? "✦" : replica.type();
    String wanted = replica.wanted() == null ? "✕" : replica.wanted();
    return is.equals(wanted) ? is : is + "→" + wanted;
  }

  private static String disk(ReplicaView replica) {
    if (!replica.heard()) {
      return "not heard of";
    }
    return replica.disk() == null ? "-" : words(replica.disk());
  }

  private static String use(ReplicaView replica) {
    if (replica.attached()) {
      return replica.inUse() ? "open" : "attached";
    }
    return replica.attachWanted() ? "wanted" : "-";
  }

  /** Who sees whom: a row and a column for each member. */
  private static String links(VolumeView view) {
    List<ReplicaView> members =
        view.replicas().stream().filter(replica -> replica.type() != null).toList();
    if (members.size() < 2) {
      return "";
    }
    String[] heading = new String[members.size() + 1];
    heading[0] = "sees";
    for (int i = 0; i < members.size(); i++) {
      heading[i + 1] = "#" + members.get(i).id();
    }
    TextTable table = new TextTable(heading);
    for (ReplicaView from : members) {
      String[] row = new String[members.size() + 1];
      row[0] = "#%d %s".formatted(from.id(), Plain.line(from.host()));
      for (int i = 0; i < members.size(); i++) {
        row[i + 1] = from.id() == members.get(i).id() ? "·" : link(from, members.get(i));
      }
      table.add(row);
    }
    return table.toString();
  }

  private static String link(ReplicaView from, ReplicaView to) {
    if (!from.heard()) {
      return "?";
    }
    return from.links().stream()
        .filter(link -> link.id() == to.id())
        .findFirst()
        .map(
            link ->
                link.connected()
                    ? words(link.disk()) + (link.syncing() ? ", syncing" : "")
                    : "no connection")
        .orElse("-");
  }

  private static String words(String constant) {
    return Plain.line(constant)
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ')
        .replace("up to date", "UpToDate");
  }

  private static void section(StringBuilder text, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append('\n').append(title).append('\n');
      lines.forEach(line -> text.append("  ").append(Plain.line(line)).append('\n'));
    }
  }

  /** Why its replicas are where they are. */
  public static String why(VolumeView view) {
    StringBuilder text = new StringBuilder(Plain.line(view.why())).append('\n');
    view.replicas()
        .forEach(
            replica ->
                text.append("  #%d %s\n".formatted(replica.id(), Plain.line(replica.reason()))));
    goesOn(text, view);
    return text.toString();
  }

  private static void goesOn(StringBuilder text, VolumeView view) {
    List<String> lines = new ArrayList<>();
    for (TransitionView one : view.transitions()) {
      lines.add(one.text());
      for (int i = 0; one.steps().size() > 1 && i < one.steps().size(); i++) {
        String mark = i < one.step() ? "✓" : i == one.step() ? "▶" : "·";
        lines.add("  %s %d. %s".formatted(mark, i + 1, one.steps().get(i)));
      }
    }
    section(text, "goes on", lines);
    section(text, "blocked", view.blocked());
    section(text, "waits", view.waits());
  }

  private static String or(String text) {
    return text == null || text.isEmpty() ? "-" : Plain.line(text);
  }
}
