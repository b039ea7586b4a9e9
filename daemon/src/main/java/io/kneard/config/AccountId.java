package io.kneard.config;

import java.util.regex.Pattern;

/** The rules for NEAR account ids, which are also safe as a part of a Consul key. */
final class AccountId {
  private static final Pattern FORM =
      Pattern.compile("[a-z0-9]++([-_][a-z0-9]++)*+(\\.[a-z0-9]++([-_][a-z0-9]++)*+)*+");

  private AccountId() {}

  static Parsed<String> parse(String text) {
    boolean fits = text.length() >= 2 && text.length() <= 64 && FORM.matcher(text).matches();
    return fits
        ? Parsed.value(text)
        : Parsed.refused(
            "a NEAR account id: 2 to 64 of a-z 0-9 - _ and dots, such as mypool.poolv1.near");
  }
}
