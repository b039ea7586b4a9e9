package io.kneard.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.ctl.api.ControlJson;
import io.kneard.database.Versions;
import io.kneard.dqlite.NodeSettings;
import io.kneard.tls.Identity;
import io.kneard.tls.PemFile;
import io.kneard.tls.PinnedTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Joins a cluster: asks its members, one after the other, and makes the folder from the answer. */
final class Joining {
  private static final Duration ASKED = Duration.ofSeconds(10);
  private static final int GATEWAY = 502;

  private final ClusterSettings settings;
  private final StateFolder folder;
  private final JoinToken token;

  Joining(ClusterSettings settings, StateFolder folder, JoinToken token) {
    this.settings = settings;
    this.folder = folder;
    this.token = token;
  }

  /** A membership that the cluster has granted, and that this host has not written down yet. */
  record Granted(
      StateFolder.Self self,
      Identity server,
      X509Certificate shared,
      String sharedKey,
      List<TrustedMember> members) {}

  void join(String name, String address, Instant now) throws ClusterProblem, IOException {
    write(apply(name, address, now));
  }

  /** Uses the token up. */
  Granted apply(String name, String address, Instant now) throws ClusterProblem {
    Identity server = Certificates.make(name, now);
    String certificate = Certificates.pem(server.certificate());
    long nodeId = NodeSettings.newId();
    Versions versions = settings.versions();
    JoinAnswer answer =
        ask(
            server,
            new JoinRequest(
                name,
                token.secret(),
                address,
                certificate,
                versions.internal(),
                versions.external(),
                versions.extensions(),
                nodeId,
                settings.domain()));
    X509Certificate shared = Certificates.parse(answer.clusterCert());
    if (!Certificates.fingerprint(shared).equals(token.fingerprint())
        || answer.trustedMembers() == null
        || !answer.trustedMembers().contains(new TrustedMember(name, address, certificate))) {
      throw ClusterProblem.unreachable("the cluster's answer is not for this token and host");
    }
    return new Granted(
        new StateFolder.Self(name, address, nodeId, NodeAddress.of(address)),
        server,
        shared,
        answer.clusterKey(),
        answer.trustedMembers());
  }

  void write(Granted granted) throws IOException {
    folder.make();
    new TrustStore(folder.trustStore()).replace(granted.members());
    folder.found(
        granted.self(),
        granted.server(),
        new Identity(List.of(granted.shared()), key(granted.sharedKey())));
  }

  /** A member that is away does not stop the joining; one that says no does. */
  private JoinAnswer ask(Identity server, JoinRequest request) throws ClusterProblem {
    PinnedTrust trust =
        new PinnedTrust(shown -> Certificates.fingerprint(shown).equals(token.fingerprint()));
    List<String> said = new ArrayList<>();
    try (ClusterClient client = new ClusterClient(server, trust)) {
      for (String member : token.joinAddresses()) {
        try {
          JsonNode answer =
              client.ask(
                  new ClusterClient.Question(member, "POST", InternalRoutes.CLUSTER, request),
                  ASKED);
          return ControlJson.get().treeToValue(answer, JoinAnswer.class);
        } catch (ClusterProblem e) {
          if (e.status() < GATEWAY) {
            throw new ClusterProblem(
                ClusterProblem.CONFLICT, e.getMessage()); // not this host's own refusal
          }
          said.add(e.getMessage());
        } catch (JsonProcessingException e) {
          throw ClusterProblem.unreachable(member + ": it does not answer as a member does");
        }
      }
    }
    throw ClusterProblem.unreachable("no member lets this host in: " + String.join("; ", said));
  }

  private java.security.PrivateKey key(String pem) throws IOException {
    Path file = folder.folder().resolve("cluster.key");
    StateFolder.replace(file, pem);
    try {
      return PemFile.privateKey(file);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
