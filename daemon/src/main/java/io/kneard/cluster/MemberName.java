package io.kneard.cluster;

import java.util.regex.Pattern;

/** Names of members: host names, also with a domain (RFC 1123). They are file names as well. */
public final class MemberName {
  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern FORM = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final int LONGEST = 253;

  private MemberName() {}

  /**
   * Checks a name.
   *
   * @return it
   * @throws IllegalArgumentException with the value and the wish
   */
  public static String check(String name) {
    if (name == null || name.length() > LONGEST || !FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name '%s': a valid FQDN is wanted: letters, digits and - between dots"
              .formatted(name == null ? "" : name));
    }
    return name;
  }
}
