package io.kneard.cluster;

import io.kneard.database.Versions;
import io.kneard.dqlite.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Members for tests. */
final class Rows {
  static final Versions VERSIONS = new Versions(1, 2, List.of("a"));
  private static final String CERTIFICATE =
      Certificates.pem(Certificates.make("test", Instant.EPOCH).certificate());

  private Rows() {}

  static MemberRow row(int number, String name, String role, Versions versions) {
    return new MemberRow(
        number,
        name,
        "127.0.0.1:" + number + "000",
        CERTIFICATE,
        versions,
        Optional.empty(),
        role,
        number,
        "127.0.0.1:" + number + "001",
        "");
  }

  static MemberRow row(int number, String name) {
    return row(number, name, "voter", VERSIONS);
  }

  static RolePlan.Node node(int number, Role role, boolean online, boolean leads) {
    return new RolePlan.Node(number, role, online, "", leads);
  }
}
