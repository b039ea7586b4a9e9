package io.kneard.datamesh.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.Picture;

/** One recorded decision. */
record Recorded(String name, JsonNode input, JsonNode output) {
  /** Whether it can be put in the terms of this implementation at all. */
  boolean expressible() {
    return !manyReplicas() && !systemNetworks();
  }

  boolean manyReplicas() {
    return Ids.of(input).size() > Member.MAX_ID + 1;
  }

  boolean systemNetworks() {
    return output.toString().contains("ChangeSystemNetworks")
        || input.at("/rv/transitions").toString().contains("ChangeSystemNetworks");
  }

  Picture picture() {
    return VectorInput.of(input).picture();
  }

  /** What came of it, as far as it was recorded. */
  Decision decision(Decision own) {
    Decision recorded = Decision.recorded(output, Ids.of(input));
    boolean multiattachRecorded = output.has("rv") || output.has("multiattach");
    return multiattachRecorded ? recorded : recorded.withMultiattach(own.multiattach());
  }
}
