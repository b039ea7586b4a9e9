package io.kneard.cluster;

import io.kneard.ctl.api.cluster.TokenRecord;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.database.Versions;
import io.kneard.dqlite.NodeSettings;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tokens, and hosts that join with them; on any member. */
final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(2);
  static final Duration DEFAULT_LIFE = Duration.ofHours(3);
  private static final Duration LONGEST_LIFE = Duration.ofDays(365);

  private final Membership member;

  Admission(Membership member) {
    this.member = member;
  }

  /** Makes a token; it is shown once. */
  JoinToken token(String name, Duration life, Instant now) throws ClusterProblem {
    valid(name);
    if (life.isNegative() || life.isZero() || life.compareTo(LONGEST_LIFE) > 0) {
      throw ClusterProblem.wrong(
          "expire_after = " + life + ": more than nothing, and at most 365 days");
    }
    String secret = JoinToken.newSecret();
    List<MemberRow> rows =
        write(
            session -> {
              List<MemberRow> members = ClusterTables.members(session);
              if (members.stream().noneMatch(row -> row.name().equals(name))) {
                TokenTable.add(session, name, secret, now.plus(life));
              }
              return members;
            });
    if (rows.stream().anyMatch(row -> row.name().equals(name))) {
      throw new ClusterProblem(409, "%s is a member already".formatted(name));
    }
    return new JoinToken(
        secret,
        Certificates.fingerprint(member.cluster().certificate()),
        rows.stream().map(MemberRow::address).toList());
  }

  List<TokenRecord> tokens(Instant now) throws ClusterProblem {
    try {
      return member.database.read(session -> TokenTable.all(session, now));
    } catch (DatabaseUnavailable e) {
      throw ClusterProblem.unavailable(e.getMessage());
    }
  }

  void revoke(String name) throws ClusterProblem {
    if (!write(session -> TokenTable.revoke(session, name))) {
      throw new ClusterProblem(404, "there is no token for " + name);
    }
  }

  /**
   * Lets a host in. Its token is used up in the transaction that makes it a member.
   *
   * @param peer whose certificate the connection has
   */
  JoinAnswer join(JoinRequest request, Optional<X509Certificate> peer, Instant now)
      throws ClusterProblem {
    TrustedMember fresh = check(request, peer);
    Versions versions =
        new Versions(
            request.schemaInternalVersion(), request.schemaExternalVersion(), request.extensions());
    if (!versions.equals(member.settings.versions())) {
      throw ClusterProblem.wrong(
          "%s has other versions than this cluster: the same build is wanted"
              .formatted(request.name()));
    }
    TokenTable.Worth worth =
        write(
            session -> {
              TokenTable.Worth shown =
                  TokenTable.consume(session, request.name(), request.secret(), now);
              if (shown == TokenTable.Worth.GOOD) {
                ClusterTables.add(
                    session,
                    fresh,
                    versions,
                    request.nodeId(),
                    NodeAddress.of(fresh.address()),
                    request.failureDomain());
              }
              return shown;
            });
    switch (worth) {
      case EXPIRED -> throw new ClusterProblem(403, "Token expired");
      case UNKNOWN -> throw new ClusterProblem(403, "Token unknown, used or revoked");
      case GOOD -> LOG.info("{} at {} joins", fresh.name(), fresh.address());
    }
    List<MemberRow> rows = member.rows();
    tell(fresh, rows);
    return new JoinAnswer(
        Certificates.pem(member.cluster().certificate()),
        Certificates.keyPem(member.cluster()),
        rows.stream().map(MemberRow::trusted).toList());
  }

  private TrustedMember check(JoinRequest request, Optional<X509Certificate> peer)
      throws ClusterProblem {
    valid(request.name());
    TrustedMember fresh;
    try {
      fresh = new TrustedMember(request.name(), request.address(), request.certificate());
      NodeAddress.of(request.address());
    } catch (IllegalArgumentException e) {
      throw ClusterProblem.wrong(e.getMessage());
    }
    if (request.secret() == null
        || request.extensions() == null
        || request.failureDomain() == null
        || request.schemaInternalVersion() < 1
        || request.schemaExternalVersion() < 0
        || request.nodeId() < 2
        || request.nodeId() == NodeSettings.BOOTSTRAP_ID) {
      throw ClusterProblem.wrong("secret, versions, extensions and node_id are wanted");
    }
    if (!peer.map(fresh.x509()::equals).orElse(false)) {
      throw new ClusterProblem(403, "the request has to be made with the certificate in it");
    }
    if (!Certificates.names(fresh.x509(), request.name())) {
      throw new ClusterProblem(
          403, "Joining server certificate SAN does not contain join token name");
    }
    return fresh;
  }

  /** The others trust it now, or with the next heartbeat; who is away does not hold it up. */
  private void tell(TrustedMember fresh, List<MemberRow> rows) {
    try {
      member.trust.add(fresh);
      member.trustChanged();
    } catch (IOException e) {
      LOG.error("{} is trusted, but not after a restart: {}", fresh.name(), e.getMessage());
    }
    Map<String, ClusterClient.Question> questions =
        rows.stream()
            .filter(
                row -> !row.name().equals(fresh.name()) && !row.name().equals(member.self.name()))
            .collect(
                Collectors.toMap(
                    MemberRow::name,
                    row ->
                        new ClusterClient.Question(
                            row.address(), "POST", InternalRoutes.TRUST_STORE, fresh),
                    (one, two) -> one,
                    TreeMap::new));
    member.client().askAll(questions, TOLD_WITHIN);
  }

  static void valid(String name) throws ClusterProblem {
    try {
      MemberName.check(name);
    } catch (IllegalArgumentException e) {
      throw ClusterProblem.wrong(e.getMessage());
    }
  }

  private <T> T write(io.kneard.dqlite.DqliteClient.Work<T> work) throws ClusterProblem {
    try {
      return member.database.transaction(work);
    } catch (DatabaseUnavailable e) {
      throw DatabaseWords.problem(e);
    }
  }
}
