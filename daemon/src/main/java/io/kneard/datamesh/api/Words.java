package io.kneard.datamesh.api;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/** What stands for what in requests and answers. */
final class Words {
  private Words() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Topology topology(String word) {
    return one("topology", Topology.values(), Words::of, word);
  }

  static VolumeAccess access(String word) {
    return one("access", VolumeAccess.values(), Words::of, word);
  }

  /** A type that can be asked for, by its sign. */
  static MemberType type(String sign) {
    MemberType[] settled =
        Arrays.stream(MemberType.values())
            .filter(type -> !type.liminal())
            .toArray(MemberType[]::new);
    return one("type", settled, MemberType::sign, sign);
  }

  static String layout(Configuration configuration) {
    return "%s (FTT-BDL=%d, FTT-BUA=%d)"
        .formatted(configuration.layout(), configuration.fttBdl(), configuration.fttBua());
  }

  private static <T> T one(String what, T[] all, Function<T, String> word, String given) {
    return Arrays.stream(all)
        .filter(value -> word.apply(value).equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                Refused.wrong(
                    "%s = %s: one of %s"
                        .formatted(
                            what,
                            given,
                            String.join(", ", Arrays.stream(all).map(word).toList()))));
  }
}
