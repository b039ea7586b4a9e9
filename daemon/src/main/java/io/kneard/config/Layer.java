package io.kneard.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one source of settings says, and what is wrong with it. Filled by the reader of that source
 * and not changed afterwards.
 */
record Layer(Map<Key<?>, Given> given, List<Complaint> complaints) {
  static Layer empty() {
    return new Layer(new LinkedHashMap<>(), new ArrayList<>());
  }
}
