package io.kneard.cluster;

import io.kneard.ctl.api.cluster.CoreRoutes;
import io.kneard.ctl.api.cluster.RecoveryReport;
import io.kneard.dqlite.DatabaseIdentity;
import io.kneard.dqlite.DqliteClient;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Member;
import io.kneard.dqlite.NodeSettings;
import io.kneard.dqlite.NodeState;
import io.kneard.dqlite.NodeTools;
import io.kneard.dqlite.Role;
import io.kneard.dqlite.SupervisedNode;
import io.kneard.dqlite.node.LogEnd;
import io.kneard.tls.PinnedTrust;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes one member a cluster of its own again, when most of the database's voters are lost for
 * good; the daemon must not run, here or on any host that can be reached. All others are members no
 * more: who trusts whom begins anew, so that one that still has the old data, and a vote in the old
 * cluster, cannot talk to this one. They come back with a {@link RecoveryArchive}.
 */
public final class Recovery {
  /** For all others together: no hurry, and a host with much to do answers late. */
  private static final Duration ASKED = Duration.ofSeconds(5);

  /** For each, to whether anybody listens. */
  private static final Duration CONNECTED = Duration.ofSeconds(2);

  private static final Duration WORK = Duration.ofSeconds(40);
  private static final Duration CALL = Duration.ofSeconds(5);
  private static final Duration TOKENS_LIVE = Duration.ofDays(30);

  private final ClusterSettings settings;
  private final List<String> forget;
  private final Optional<Path> backup;
  private final StateFolder folder;

  /**
   * Looks at nothing yet.
   *
   * @param forget statements that take back what only a living member may say, such as who has a
   *     lock
   * @param backup the folder of a backup whose contents take the place of what is in the database
   */
  public Recovery(ClusterSettings settings, List<String> forget, Optional<Path> backup) {
    this.settings = settings;
    this.forget = List.copyOf(forget);
    this.backup = backup;
    this.folder = new StateFolder(settings.folder());
  }

  /** Says what would be done, or why nothing can be; changes nothing. */
  public RecoveryReport plan() throws ClusterProblem, IOException {
    FolderLock lock = own();
    try {
      return look();
    } finally {
      lock.close();
    }
  }

  private FolderLock own() throws ClusterProblem, IOException {
    if (!folder.isThere()) {
      throw none();
    }
    return FolderLock.take(folder);
  }

  private static ClusterProblem none() {
    return new ClusterProblem(
        ClusterProblem.CONFLICT, "this host is in no cluster: nothing to recover");
  }

  private RecoveryReport look() throws ClusterProblem, IOException {
    requireBackup();
    StateFolder.Self self = folder.self().orElseThrow(Recovery::none);
    LogEnd end =
        LogEnd.of(folder.database())
            .orElseThrow(
                () ->
                    new ClusterProblem(
                        ClusterProblem.CONFLICT,
                        "this host has no data of the database: recover another member"));
    Map<String, String> others = others(self);
    refuseLiving(others);
    return new RecoveryReport(
        self.name(),
        self.address(),
        end.term(),
        end.entry(),
        List.copyOf(others.keySet()),
        backup.map(Path::toString).orElse(null),
        false,
        null,
        null,
        null);
  }

  private void requireBackup() throws ClusterProblem {
    if (backup.isPresent() && !Files.isRegularFile(file(backup.get()))) {
      throw new ClusterProblem(
          ClusterProblem.CONFLICT,
          "%s: no backup of a cluster; its folder is wanted, such as %s/backup-TIME"
              .formatted(backup.get(), folder.backups()));
    }
  }

  private static Path file(Path backup) {
    return backup.resolve(Membership.DATABASE);
  }

  /** Does it. What was begun and not ended can be done again. */
  public RecoveryReport run(Instant now) throws ClusterProblem, IOException, InterruptedException {
    FolderLock lock = own();
    try {
      return perform(look(), now);
    } finally {
      lock.close();
    }
  }

  private RecoveryReport perform(RecoveryReport plan, Instant now)
      throws IOException, InterruptedException {
    StateFolder.Self self = folder.self().orElseThrow();
    Path aside = folder.makeAside("recovery", now);
    copy(folder.database().folder(), aside.resolve("database"));
    StateFolder.replace(folder.recoveryBegun(), now + "\n");
    Map<String, JoinToken> tokens = new TreeMap<>();
    for (String name : plan.others()) {
      tokens.put(
          name,
          new JoinToken(
              JoinToken.newSecret(),
              Certificates.fingerprint(folder.cluster().certificate()),
              List.of(self.address())));
    }
    Path archive = aside.resolve(folder.archive().getFileName());
    archive(self, now, tokens).write(archive);
    NodeTools.recover(alone(self), List.of(asVoter(self)), WORK);
    begin(self, now, tokens);
    trustNobodyElse(self);
    Files.delete(folder.recoveryBegun());
    return new RecoveryReport(
        plan.member(),
        plan.address(),
        plan.term(),
        plan.entry(),
        plan.others(),
        plan.from(),
        true,
        aside.resolve("database").toString(),
        plan.others().isEmpty() ? null : archive.toString(),
        null);
  }

  /** By what this host knows: whom it trusts, with their addresses. */
  private Map<String, String> others(StateFolder.Self self) throws ClusterProblem {
    TrustStore trust = new TrustStore(folder.trustStore());
    trust.look();
    if (trust.find(self.name()).isEmpty()) {
      throw new ClusterProblem(
          ClusterProblem.CONFLICT,
          "%s has no file of this member, or one that cannot be read: who else is to be asked?"
              .formatted(folder.trustStore()));
    }
    return trust.members().stream()
        .filter(member -> !member.name().equals(self.name()))
        .collect(
            Collectors.toMap(
                TrustedMember::name, TrustedMember::address, (one, two) -> one, TreeMap::new));
  }

  /**
   * Two clusters with one history would both let a host sign. A daemon that listens and says
   * nothing, because its host has much to do or it is frozen, goes on later.
   */
  private void refuseLiving(Map<String, String> others) throws ClusterProblem, IOException {
    Map<String, ClusterClient.Question> questions = new TreeMap<>();
    others.forEach(
        (name, address) ->
            questions.put(
                name, new ClusterClient.Question(address, "GET", CoreRoutes.SERVER, null)));
    PinnedTrust trust = new PinnedTrust(Set.of(folder.cluster().certificate()));
    try (ClusterClient client = new ClusterClient(folder.server(), trust)) {
      Set<String> alive = client.askAll(questions, ASKED);
      if (!alive.isEmpty()) {
        throw new ClusterProblem(
            ClusterProblem.CONFLICT,
            "%s: the daemon there answers; a lost quorum comes back by itself when enough members do,"
                    .formatted(String.join(", ", alive))
                + " else stop it there first");
      }
    }
    List<String> silent =
        others.keySet().stream().filter(name -> listens(others.get(name))).toList();
    if (!silent.isEmpty()) {
      throw new ClusterProblem(
          ClusterProblem.CONFLICT,
          "%s: the daemon there listens and does not answer; it may go on later: stop it there first"
              .formatted(String.join(", ", silent)));
    }
  }

  private static boolean listens(String address) {
    try (Socket socket = new Socket()) {
      socket.connect(ClusterService.resolve(address), (int) CONNECTED.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static RecoveryArchive archive(
      StateFolder.Self self, Instant now, Map<String, JoinToken> tokens) {
    Map<String, String> encoded = new TreeMap<>();
    tokens.forEach((name, token) -> encoded.put(name, token.encode()));
    return new RecoveryArchive(self.name(), now.toString(), encoded);
  }

  private NodeSettings alone(StateFolder.Self self) {
    return new NodeSettings(
        self.nodeId(),
        self.nodeAddress(),
        folder.database().folder(),
        false,
        settings.latency(),
        0,
        Optional.empty());
  }

  private static Member asVoter(StateFolder.Self self) {
    return new Member(self.nodeId(), self.nodeAddress(), Role.VOTER);
  }

  /** In the database itself: it has one member, and tokens for the others. */
  private void begin(StateFolder.Self self, Instant now, Map<String, JoinToken> tokens)
      throws IOException, InterruptedException {
    try (SupervisedNode node = SupervisedNode.start(alone(self), state -> {});
        DqliteClient client =
            new DqliteClient(node.socket(), self.nodeAddress(), Membership.DATABASE, 1, CALL)) {
      awaitRunning(node);
      if (backup.isPresent()) {
        restore(node, client, self);
      }
      client.transaction(
          session -> {
            for (MemberRow row : ClusterTables.members(session)) {
              if (!row.name().equals(self.name())) {
                ClusterTables.remove(session, row.name());
              }
            }
            for (Map.Entry<String, JoinToken> each : tokens.entrySet()) {
              TokenTable.add(
                  session, each.getKey(), each.getValue().secret(), now.plus(TOKENS_LIVE));
            }
            for (String statement : forget) {
              session.execute(statement);
            }
            return true;
          });
    } catch (DqliteException e) {
      throw new IOException("the recovered database: " + e.getMessage(), e);
    }
  }

  /** The database has what the backup has, and is what this host knows, with this member in it. */
  private void restore(SupervisedNode node, DqliteClient client, StateFolder.Self self)
      throws IOException, InterruptedException, DqliteException {
    NodeTools.replace(
        file(backup.orElseThrow()), node.socket(), self.nodeAddress(), Membership.DATABASE, WORK);
    new DatabaseIdentity(client, folder.identity()).impose();
    TrustedMember own = own(self);
    client.transaction(
        session -> {
          for (MemberRow row : ClusterTables.members(session)) {
            ClusterTables.remove(session, row.name());
          }
          ClusterTables.add(
              session,
              own,
              settings.versions(),
              self.nodeId(),
              self.nodeAddress(),
              settings.domain());
          TokenTable.removeAll(session); // used or revoked since, maybe
          return true;
        });
  }

  private TrustedMember own(StateFolder.Self self) throws IOException {
    return new TrustedMember(
        self.name(), self.address(), Certificates.pem(folder.server().certificate()));
  }

  private static void awaitRunning(SupervisedNode node) throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + WORK.toNanos();
    while (!(node.state() instanceof NodeState.Running)) {
      if (node.state() instanceof NodeState.Offline offline) {
        throw new IOException("the recovered database: " + offline.why());
      }
      if (System.nanoTime() - giveUp >= 0) {
        throw new IOException("the recovered database did not start within " + WORK);
      }
      Thread.sleep(50);
    }
  }

  private void trustNobodyElse(StateFolder.Self self) throws IOException {
    TrustStore trust = new TrustStore(folder.trustStore());
    trust.look();
    trust.replace(List.of(own(self)));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      List<Path> folders = new ArrayList<>(List.of(to.getParent(), to.getParent().getParent()));
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectory(target);
          folders.add(target);
        } else if (Files.isRegularFile(each)) {
          Files.copy(each, target);
          StateFolder.sync(target, StandardOpenOption.WRITE);
        }
      }
      for (Path made : folders) {
        StateFolder.sync(made, StandardOpenOption.READ);
      }
    }
  }
}
