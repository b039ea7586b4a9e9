package io.kneard.datamesh.intent;

import io.kneard.datamesh.Founder;
import io.kneard.datamesh.Request;
import java.util.ArrayList;
import java.util.List;

/** What a draft comes to. */
final class Conclusion {
  private Conclusion() {}

  static Intention of(Draft draft, List<Founder> founders, List<Request> requests) {
    return new Intention(
        draft.configuration(),
        Relaxing.of(draft),
        draft.places(),
        draft.leaving(),
        founders,
        Relaxing.let(draft, requests),
        draft.places().stream().map(place -> reason(draft, place)).toList(),
        why(draft),
        draft.again());
  }

  private static Reason reason(Draft draft, Place place) {
    String what = draft.leaves(place.replica()) ? "to go" : place.type().title();
    String why = draft.said(place.replica()).orElse(place.why());
    return new Reason(place.replica(), what + " on " + place.node() + ": " + why);
  }

  private static String why(Draft draft) {
    List<String> parts = new ArrayList<>();
    String mode = draft.scene.wish().mode() == Mode.MANAGED ? "managed" : "manual";
    parts.add(LayoutPath.Node.of(draft.configuration()) + ", " + mode);
    parts.addAll(draft.notes());
    return String.join("; ", parts);
  }
}
