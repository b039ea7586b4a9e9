package io.kneard.cluster;

import io.kneard.ctl.api.cluster.CoreRoutes;
import io.kneard.ctl.api.cluster.KeyPairPut;
import io.kneard.ctl.api.cluster.RenewalReport;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.tls.Identity;
import io.kneard.tls.KeyPairs;
import io.kneard.tls.PemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * New certificates for members that run. Everybody has to be there: a member that has not heard of
 * a new certificate would not be able to hear of it later.
 */
final class CertificateChange {
  private static final String CLUSTER = "cluster";
  private static final Duration BOUND = Duration.ofSeconds(2);
  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(10);

  /** For those who did not hear at once. */
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(10);

  private static final Duration AGAIN = Duration.ofMillis(500);

  private final Membership member;

  CertificateChange(Membership member) {
    this.member = member;
  }

  /**
   * Takes a certificate for the cluster that somebody has made.
   *
   * @param spread whether the other members get it from here, before it is used
   */
  Object take(String name, KeyPairPut pair, boolean spread) throws ClusterProblem {
    if (!name.equals(CLUSTER)) {
      throw new ClusterProblem(404, "no such certificate: " + name + "; there is " + CLUSTER);
    }
    try {
      Identity identity = identity(pair);
      if (spread) {
        requireAll("GET", CoreRoutes.READY, null);
        requireAll("PUT", CoreRoutes.CERTIFICATES + "/" + CLUSTER, pair);
      }
      member.folder.cluster(identity);
      member.use(member.server(), identity);
      return Map.of();
    } catch (IOException | IllegalArgumentException e) {
      throw ClusterProblem.wrong("cert, key: " + e.getMessage());
    }
  }

  private Identity identity(KeyPairPut pair) throws IOException {
    if (pair.cert() == null || pair.key() == null) {
      throw new IllegalArgumentException("both are wanted, in PEM");
    }
    Path file = member.folder.folder().resolve("new.key");
    try {
      StateFolder.replace(file, pair.key());
      Identity identity =
          new Identity(List.of(Certificates.parse(pair.cert())), PemFile.privateKey(file));
      if (!KeyPairs.match(identity.key(), identity.certificate())) {
        throw new IllegalArgumentException("the key does not belong to the certificate");
      }
      return identity;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Gives this member a new certificate of its own; the others trust it before it is used. */
  Object renew(Instant now) throws ClusterProblem {
    requireAll("GET", CoreRoutes.READY, null);
    Identity fresh = Certificates.make(member.self.name(), now);
    TrustedMember trusted =
        new TrustedMember(
            member.self.name(), member.self.address(), Certificates.pem(fresh.certificate()));
    Map<String, ClusterClient.Question> telling =
        questions("POST", InternalRoutes.TRUST_STORE, trusted);
    try (ClusterClient before = member.newClient()) {
      Reconfiguration.insist(() -> write(trusted), WRITTEN_WITHIN);
      // The heartbeats tell of it from now on: there is no way back, whoever has not heard yet.
      telling.keySet().removeAll(before.askAll(telling, BOUND));
      member.folder.server(fresh);
      member.trust.add(trusted);
      member.use(fresh, member.cluster());
      member.trustChanged();
      tellTheRest(before, telling);
      return new RenewalReport(fresh.certificate().getNotAfter().toInstant().toString());
    } catch (DatabaseUnavailable e) {
      throw DatabaseWords.problem(e);
    } catch (IOException e) {
      throw new ClusterProblem(500, e.getMessage());
    }
  }

  private void write(TrustedMember trusted) throws DatabaseUnavailable {
    member.database.transaction(
        session -> {
          ClusterTables.certificate(session, trusted.name(), trusted.certificate());
          return true;
        });
  }

  /**
   * Those who have not said that they have heard, whichever certificate of this member they trust.
   *
   * @param before a client with the old one
   */
  private void tellTheRest(ClusterClient before, Map<String, ClusterClient.Question> telling)
      throws ClusterProblem {
    long giveUp = System.nanoTime() + TOLD_WITHIN.toNanos();
    while (!telling.isEmpty() && System.nanoTime() - giveUp < 0) {
      LockSupport.parkNanos(AGAIN.toNanos());
      telling.keySet().removeAll(before.askAll(telling, BOUND));
      telling.keySet().removeAll(member.client().askAll(telling, BOUND));
    }
    if (!telling.isEmpty()) {
      throw new ClusterProblem(
          ClusterProblem.CONFLICT,
          "%s: has not heard of the new certificate, which is in use now; hears of it when another member leads, or has to join anew"
              .formatted(String.join(", ", telling.keySet())));
    }
  }

  private Map<String, ClusterClient.Question> questions(String method, String path, Object body)
      throws ClusterProblem {
    Map<String, ClusterClient.Question> questions = new TreeMap<>();
    for (MemberRow row : member.rows()) {
      if (!row.name().equals(member.self.name())) {
        questions.put(row.name(), new ClusterClient.Question(row.address(), method, path, body));
      }
    }
    return questions;
  }

  private void requireAll(String method, String path, Object body) throws ClusterProblem {
    Map<String, ClusterClient.Question> questions = questions(method, path, body);
    Set<String> answered = member.client().askAll(questions, BOUND);
    List<String> away = questions.keySet().stream().filter(n -> !answered.contains(n)).toList();
    if (!away.isEmpty()) {
      throw new ClusterProblem(
          409,
          "%s: no answer; all members have to be there when a certificate changes"
              .formatted(String.join(", ", away)));
    }
  }
}
