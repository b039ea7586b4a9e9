package io.kneard.daemon;

import java.util.Optional;

/** This daemon's version, from the manifest of its jar. */
final class Version {
  static final String TEXT =
      Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
          .orElse("development");

  private Version() {}
}
