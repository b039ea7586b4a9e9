package io.kneard.cluster;

import io.kneard.database.ClusterDatabase;
import io.kneard.database.DatabaseState;
import io.kneard.dqlite.Connection;
import io.kneard.dqlite.DqliteClient;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.NodeSettings;
import io.kneard.dqlite.SupervisedNode;
import io.kneard.tls.AnyCertificate;
import io.kneard.tls.Identity;
import io.kneard.tls.PinnedTrust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import javax.net.ssl.SSLContext;

/** One member's parts that its other parts share: who it is, whom it trusts, its database. */
final class Membership implements AutoCloseable {
  static final String DATABASE = "cluster";
  private static final Duration CALL = Duration.ofSeconds(5);
  private static final Duration QUICK_CALL = Duration.ofSeconds(2);
  private static final Duration OWN_NODE = Duration.ofSeconds(2);
  private static final int CONNECTIONS = 4;

  final ClusterSettings settings;
  final StateFolder folder;
  final StateFolder.Self self;
  final TrustStore trust;
  final SupervisedNode node;
  final DqliteClient sql;
  private final DqliteClient quick;
  final ClusterDatabase database;
  private volatile Identity server;
  private volatile Identity cluster;
  private volatile ClusterClient client;
  private volatile SSLContext door;

  /**
   * Reads the folder and starts the database's node.
   *
   * @param listener told of the database's states
   */
  Membership(
      ClusterSettings settings,
      StateFolder folder,
      StateFolder.Self self,
      Consumer<DatabaseState> listener)
      throws IOException {
    this.settings = settings;
    this.folder = folder;
    this.self = self;
    this.trust = new TrustStore(folder.trustStore());
    trust.look();
    this.sql =
        new DqliteClient(
            folder.database().socket(), self.nodeAddress(), DATABASE, CONNECTIONS, CALL);
    this.quick =
        new DqliteClient(
            folder.database().socket(), self.nodeAddress(), DATABASE, CONNECTIONS, QUICK_CALL);
    this.database = new ClusterDatabase(sql, quick, listener);
    use(folder.server(), folder.cluster());
    writeTrust();
    this.node = SupervisedNode.start(node(), state -> {});
  }

  private NodeSettings node() {
    return new NodeSettings(
        self.nodeId(),
        self.nodeAddress(),
        folder.database().folder(),
        folder.firstStart(),
        settings.latency(),
        domain(settings.domain()),
        Optional.of(
            new NodeSettings.Network(
                self.nodeAddress(),
                folder.serverCertificate(),
                folder.serverKey(),
                folder.trustedPem())));
  }

  /** The library has numbers for domains. */
  private static long domain(String name) {
    CRC32 number = new CRC32();
    number.update(name.getBytes(StandardCharsets.UTF_8));
    return name.isEmpty() ? 0 : number.getValue();
  }

  /** Takes certificates into use. */
  void use(Identity ownServer, Identity ownCluster) {
    server = ownServer;
    cluster = ownCluster;
    ClusterClient before = client;
    client = newClient();
    try {
      door = cluster.context(new AnyCertificate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS as the cluster", e);
    }
    if (before != null) {
      before.close();
    }
  }

  /** What is trusted has changed: the database's process and client learn of it. */
  void trustChanged() throws IOException {
    writeTrust();
    node.reload();
  }

  private void writeTrust() throws IOException {
    StateFolder.replace(folder.trustedPem(), trust.pem());
    sql.know(trust.members().stream().map(member -> NodeAddress.of(member.address())).toList());
  }

  Identity server() {
    return server;
  }

  Identity cluster() {
    return cluster;
  }

  ClusterClient client() {
    return client;
  }

  /** A client that goes on with the present certificates, for its owner to close. */
  ClusterClient newClient() {
    return new ClusterClient(server, new PinnedTrust(Set.of(cluster.certificate())));
  }

  SSLContext door() {
    return door;
  }

  /** What others need to trust this member. */
  TrustedMember trusted() {
    return new TrustedMember(self.name(), self.address(), Certificates.pem(server.certificate()));
  }

  /** Whether this member's own node says that it leads. */
  boolean leads() {
    return ownView().filter(self.nodeAddress()::equals).isPresent();
  }

  /** Who leads, by the word of this member's own node; empty if it does not know. */
  Optional<String> ownView() {
    try (Connection connection =
        Connection.connect(folder.database().socket(), self.nodeAddress(), OWN_NODE)) {
      return connection.cluster().leader();
    } catch (DqliteException e) {
      return Optional.empty();
    }
  }

  /** All rows, and nothing else. */
  List<MemberRow> rows() throws ClusterProblem {
    try {
      return database.readMembers(ClusterTables::members);
    } catch (io.kneard.database.DatabaseUnavailable e) {
      throw ClusterProblem.unavailable(e.getMessage());
    }
  }

  @Override
  public void close() {
    sql.close();
    quick.close();
    node.close();
    client.close();
    database.enter(new DatabaseState.Offline("it was stopped"));
  }
}
