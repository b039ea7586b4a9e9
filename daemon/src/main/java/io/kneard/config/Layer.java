package io.kneard.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one source of settings says, and what is wrong with it. Filled by the reader of that source
 * and not changed afterwards.
 *
 * @param broken nothing of it could be read; whatever it may say is unknown
 */
record Layer(Map<Key<?>, Given> given, List<Complaint> complaints, boolean broken) {
  static Layer empty() {
    return new Layer(new LinkedHashMap<>(), new ArrayList<>(), false);
  }

  static Layer broken(Complaint why) {
    return new Layer(Map.of(), List.of(why), true);
  }
}
