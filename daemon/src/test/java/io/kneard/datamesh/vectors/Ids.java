package io.kneard.datamesh.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Replica names to node ids. The reference has ids up to 31; the smallest free ones are given out
 * here in the same order.
 */
final class Ids {
  private final List<Integer> originals;

  private Ids(List<Integer> originals) {
    this.originals = originals;
  }

  static Ids of(JsonNode input) {
    Set<Integer> originals = new TreeSet<>();
    collect(originals, input.at("/rv/members"), "name");
    collect(originals, input.at("/rv/requests"), "name");
    collect(originals, input.at("/rv/transitions"), "replica");
    collect(originals, input.get("replicas"), "name");
    return new Ids(new ArrayList<>(originals));
  }

  private static void collect(Set<Integer> into, JsonNode nodes, String field) {
    for (JsonNode node : nodes) {
      String name = node.path(field).asText();
      if (!name.isEmpty()) {
        into.add(original(name));
      }
    }
  }

  private static int original(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  int id(String name) {
    return originals.indexOf(original(name));
  }

  int size() {
    return originals.size();
  }
}
