package io.kneard.config;

import io.kneard.config.Key.Change;
import io.kneard.config.Key.Preset;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be set, in the order in which it is shown: the one place that knows names,
 * types, defaults and meanings.
 */
final class Keys {
  private static final List<Key<?>> ROWS = new ArrayList<>();

  /** What each section is about; the top level is the empty name. */
  static final Map<String, String> SECTIONS = sections();

  static final Key<String> NODE_ID =
      row("node-id", Types.NODE, Preset.none("the host name", "near-1"))
          .original("NODE_ID")
          .means(
              "This host's name in the lock, in logs and in `kneardctl switchover --to`. Different"
                  + " on every host.");
  static final Key<String> ACCOUNT_ID =
      row("account-id", Types.ACCOUNT, Preset.none("none, it has to be set", "mypool.poolv1.near"))
          .original("ACCOUNT_ID")
          .means(
              "The validator's account. The hosts that share a validator key share this: it names"
                  + " the lock. It has to be the account_id in the validator key file.");

  static final Key<String> BINARY =
      row("neard.binary", Types.COMMAND, Preset.of("neard"))
          .means("The neard program: a path, or a name to be found on PATH.");
  static final Key<Path> HOME =
      row("neard.home", Types.PATH, Preset.of("/var/lib/kneard/neard"))
          .original("NEARD_HOME")
          .means("neard's home, with config.json, genesis.json and the chain's data.");
  static final Key<List<String>> BOOT_NODES =
      row(
              "neard.boot-nodes",
              Types.PEERS,
              Preset.none(
                  "those in config.json",
                  "ed25519:6DSjZ8mvsRZDvFqFxo8tCKePG96omXW7eVYVSySmDk8e@203.0.113.7:24567"))
          .original("NEARD_BOOTNODES")
          .means("Passed to neard as --boot-nodes.");
  static final Key<HostPort> RPC_ADDR =
      row(
              "neard.rpc-addr",
              Types.ADDRESS,
              Preset.none("rpc.addr of config.json, through loopback", "127.0.0.1:3030"))
          .means(
              "Where this daemon asks neard for /status and /metrics. It does not change where"
                  + " neard listens.");
  static final Key<Duration> START_TIMEOUT =
      row("neard.start-timeout", Types.duration("1s", "24h"), Preset.of("120s"))
          .change(Change.AT_RELOAD)
          .means(
              "How long neard may take after its start to answer /status. Opening a large old"
                  + " database has taken 35 minutes: raise it before such a start, and reload.");
  static final Key<Integer> START_ATTEMPTS =
      row("neard.start-attempts", Types.count(0, 1_000_000), Preset.of("0"))
          .change(Change.AT_RELOAD)
          .means(
              "Starts in a row without an answer before the daemon ends; the pauses between them"
                  + " grow from 1 s to 30 s. 0: it never gives up.");
  static final Key<Duration> STATUS_TIMEOUT =
      row("neard.status-timeout", Types.duration("100ms", "60s"), Preset.of("2s"))
          .change(Change.AT_RELOAD)
          .means("How long one request to neard may take; longer is a failure.");
  static final Key<Duration> STATUS_INTERVAL =
      row("neard.status-interval", Types.duration("100ms", "60s"), Preset.of("1s"))
          .means("From one request of /status to the next.");
  static final Key<Integer> STATUS_FAILURES =
      row("neard.status-failures", Types.count(1, 1000), Preset.of("3"))
          .means("Failures of /status without an interruption that make neard count as gone.");
  static final Key<Duration> STOP_TIMEOUT =
      row("neard.stop-timeout", Types.duration("1s", "1h"), Preset.of("60s"))
          .change(Change.AT_RELOAD)
          .means(
              "From SIGTERM to SIGKILL when a neard without the validator key is stopped. With the"
                  + " key, lock.fence-bound holds instead.");
  static final Key<PromotionMode> PROMOTION =
      row("neard.promotion", Types.oneOf(PromotionMode.class), Preset.of("auto"))
          .means(
              "How neard gets the validator key. hot: into the running process (neard 2.0 and"
                  + " later). restart: neard is stopped and started with it. auto: hot, unless"
                  + " keys.validator-node-key is set, which needs a restart.");
  static final Key<Duration> PROMOTION_TIMEOUT =
      row("neard.promotion-timeout", Types.duration("500ms", "60s"), Preset.of("3s"))
          .change(Change.AT_RELOAD)
          .means(
              "How long a hot promotion may take to show in /status; then neard is restarted with"
                  + " the key.");

  static final Key<Path> VALIDATOR_KEY =
      keyFile("validator-key", "validator_key.json", "none, it has to be set")
          .original("VALIDATOR_KEY")
          .means(
              "The file with the key that signs. Outside of neard's home, readable by its owner"
                  + " only, the same on every host.");
  static final Key<Path> VALIDATOR_NODE_KEY =
      keyFile("validator-node-key", "validator_node_key.json", "the home's node key stays")
          .original("VALIDATOR_NODE_KEY")
          .means(
              "neard's node key while this host signs, the same on every host. Only together with"
                  + " voter-node-key; a promotion is then a restart.");
  static final Key<Path> VOTER_NODE_KEY =
      keyFile("voter-node-key", "voter_node_key.json", "the home's node key stays")
          .original("VOTER_NODE_KEY")
          .means("neard's node key while this host does not sign, different on every host.");

  static final Key<HostPort> VALIDATOR_ADDR =
      networkAddress("validator-addr", "0.0.0.0:24567")
          .original("VALIDATOR_NETWORK_ADDR")
          .means("Where neard listens for its peers while this host signs.");
  static final Key<HostPort> VOTER_ADDR =
      networkAddress("voter-addr", "0.0.0.0:24568")
          .original("VOTER_NETWORK_ADDR")
          .means("Where neard listens for its peers while this host does not sign.");
  static final Key<List<String>> PUBLIC_ADDRESSES =
      row(
              "network.public-addresses",
              Types.IPS,
              Preset.none("network.public_addrs of config.json", "203.0.113.7"))
          .original("PUBLIC_ADDRESS", "PUBLIC_ADDRESSES")
          .means(
              "IP addresses under which the signing host is reached directly; validator node key"
                  + " and port are added to each. Only with keys.validator-node-key.");

  static final Key<LockBackend> LOCK_BACKEND =
      row(
              "lock.backend",
              Types.oneOf(LockBackend.class),
              Preset.none(
                  "consul if consul.urls or a variable of the original is set, else embedded",
                  "embedded"))
          .means(
              "Where the lock is kept. consul: in Consul. embedded: in the database of the cluster"
                  + " that the hosts form, see docs/cluster.md; until this host is a member of it,"
                  + " it does not sign. The same on every host.");
  static final Key<Profile> PROFILE =
      row("lock.profile", Types.oneOf(Profile.class), Preset.of("reference"))
          .means(
              "The times of the lock. reference: 30 s, 20 s, 5 s. fast: 10 s, 6 s, 3 s with consul,"
                  + " 7 s, 4 s, 2.5 s with embedded. custom: ttl, stop-after and fence-bound have"
                  + " to be set. The same on every host.");
  static final Key<Duration> TTL =
      row("lock.ttl", Types.duration("1s", "24h"), byProfile("30s"))
          .means(
              "How long the store keeps the lock of a host that renews no more. Consul takes 10s"
                  + " at least, unless its session_ttl_min is lower, and lets go after twice that"
                  + " time.");
  static final Key<Duration> STOP_AFTER =
      row("lock.stop-after", Types.duration("500ms", "24h"), byProfile("20s"))
          .means(
              "Without a renewal for so long, this host stops signing. Together with fence-bound"
                  + " it has to be less than ttl.");
  static final Key<Duration> FENCE_BOUND =
      row("lock.fence-bound", Types.duration("1s", "1h"), byProfile("5s"))
          .means("How long neard may take to stop once it has to; then it is killed.");
  static final Key<Duration> LOCK_DELAY =
      row("lock.lock-delay", Types.duration("0s", "60s"), byProfile("0s"))
          .means(
              "How long Consul keeps the lock closed after it has invalidated the session of its"
                  + " holder.");
  static final Key<Boolean> NODE_CHECK =
      row("lock.node-check", Types.SWITCH, byProfile("false"))
          .means(
              "Whether Consul may end the session when its own check of the node (serfHealth)"
                  + " fails. Then stop-after and fence-bound together have to be less than"
                  + " lock-delay.");
  static final Key<List<URI>> URLS =
      row("consul.urls", Types.CONSUL_URLS, Preset.of("http://localhost:8500"))
          .original("CONSUL_URL")
          .means(
              "Consul agents, tried in turn. All of one Consul cluster: it holds the one lock."
                  + " Only used with lock.backend = consul.");
  static final Key<Path> TOKEN_FILE =
      row(
              "consul.token-file",
              Types.TOKEN_PATH,
              Preset.none("no token", "/etc/kneard/consul-token"))
          .original("CONSUL_TOKEN_FILE")
          .change(Change.CONTENT_AT_RELOAD)
          .means("A file with the ACL token. Read again on SIGHUP and when Consul refuses it.");
  static final Key<Path> CA_FILE =
      row("consul.ca-file", Types.PATH, Preset.none("the system's", "/etc/kneard/consul-ca.pem"))
          .change(Change.CONTENT_AT_RELOAD)
          .means("Certificates, PEM, that Consul's own has to be signed by.");
  static final Key<Path> CERT_FILE =
      row("consul.cert-file", Types.PATH, Preset.none("none", "/etc/kneard/consul.pem"))
          .change(Change.CONTENT_AT_RELOAD)
          .means("This host's certificate for Consul, PEM. Only together with key-file.");
  static final Key<Path> KEY_FILE =
      row("consul.key-file", Types.PATH, Preset.none("none", "/etc/kneard/consul-key.pem"))
          .change(Change.CONTENT_AT_RELOAD)
          .means("The key of cert-file, PEM, readable by its owner only.");

  static final Key<Path> CLUSTER_DIR =
      row("cluster.dir", Types.PATH, Preset.of("/var/lib/kneard/cluster"))
          .means(
              "What this host keeps of the cluster: certificates, trust store, database, backups."
                  + " Empty until `kneardctl cluster bootstrap` or `join`; without it no cluster"
                  + " part runs.");
  static final Key<HostPort> CLUSTER_ADDRESS =
      row("cluster.address", Types.IP_ADDRESS, Preset.none("given to the command", "10.0.0.1:9443"))
          .means(
              "Where other members reach this one, for `kneardctl cluster bootstrap` and `join`"
                  + " without --address. The database takes the port after it.");
  static final Key<Duration> CLUSTER_HEARTBEAT =
      row("cluster.heartbeat", Types.duration("1s", "5m"), Preset.of("10s"))
          .means("How often the leader asks all members. A voter that misses two is replaced.");
  static final Key<Integer> CLUSTER_VOTERS =
      row("cluster.voters", Types.oddCount(1, 9), Preset.of("3"))
          .means("How many members vote in the database, from three members on; odd.");
  static final Key<Integer> CLUSTER_STAND_BYS =
      row("cluster.stand-bys", Types.count(0, 9), Preset.of("3"))
          .means("How many more members have a copy of the database, to replace a voter.");
  static final Key<Path> CLUSTER_UPDATE =
      row(
              "cluster.update-program",
              Types.PATH,
              Preset.none("none", "/usr/local/sbin/update-kneard"))
          .means(
              "A program that is run, once for each version and up to 30 s later, when another"
                  + " member has tables of a newer build than this one.");
  static final Key<String> CLUSTER_DOMAIN =
      row("cluster.failure-domain", Types.NODE, Preset.none("not known", "rack-1"))
          .means("What this host shares its fate with; votes are spread over different ones.");

  static final Key<List<String>> MESH_POOLS =
      row("datamesh.pools", Types.POOLS, Preset.none("none", "ssd=lvm-thin:vg0/thin"))
          .means(
              "Where this host keeps the disks of replicated volumes: NAME=lvm-thin:GROUP/POOL,"
                  + " NAME=lvm:GROUP, or, for trials, NAME=files:FOLDER. Without a pool it has no"
                  + " data of volumes, and can still use them; see docs/datamesh.md.");
  static final Key<List<String>> MESH_NETWORKS =
      row(
              "datamesh.networks",
              Types.NETWORKS,
              Preset.none("the address it has in the cluster", "storage=10.1.0.1"))
          .means(
              "Where DRBD of other hosts reaches this one: NAME=IP for each network. Two hosts are"
                  + " connected in every network that both are in.");
  static final Key<Integer> MESH_PORT =
      row("datamesh.first-port", Types.count(1024, 49_000), Preset.of("7700"))
          .means("Each volume takes one TCP port on its hosts, counted from this one.");
  static final Key<Integer> MESH_MINOR =
      row("datamesh.first-minor", Types.count(0, 900_000), Preset.of("1000"))
          .means("Each volume takes one DRBD minor on its hosts, counted from this one.");
  static final Key<Path> MESH_DEVICES =
      row("datamesh.device-dir", Types.PATH, Preset.of("/dev/kneard"))
          .means("Where the device of each volume is found by the volume's name: links to them.");

  static final Key<String> VOLUME_BOUND =
      row("volume.bound-to-validator", Types.VOLUME, Preset.none("none", "validator"))
          .means(
              "The replicated volume that goes with the validator: it is attached to the host that"
                  + " has the lock before the key goes in, and detached when the key is out. The"
                  + " same on every host; see docs/volumes.md.");
  static final Key<Duration> VOLUME_ATTACH =
      row("volume.attach-timeout", Types.duration("1s", "1h"), Preset.of("30s"))
          .means("How long a promotion waits for that volume, from when the lock was taken.");
  static final Key<IfNotAttached> VOLUME_OTHERWISE =
      row("volume.if-not-attached", Types.oneOf(IfNotAttached.class), Preset.of("give-up"))
          .means(
              "What a host does whose promotion has waited so long: give-up leaves the lock to the"
                  + " others, go-on signs without the volume.");
  static final Key<Duration> VOLUME_LOSS =
      row("volume.loss-limit", Types.duration("2s", "1h"), Preset.of("10s"))
          .means(
              "A host on which that volume cannot be written for so long, such as for want of"
                  + " quorum, stops signing and leaves the lock to the others.");

  static final Key<Path> SOCKET =
      row("control.socket", Types.SOCKET_PATH, Preset.of("/run/kneard/control.sock"))
          .original("CONTROL_SOCKET")
          .means("Where `kneardctl` reaches the daemon.");
  static final Key<String> GROUP =
      row("control.group", Types.SYSTEM_GROUP, Preset.of("kneard"))
          .means("The members of this group may use the socket, besides root.");
  static final Key<HostPort> METRICS_ADDRESS =
      row("metrics.address", Types.ADDRESS, Preset.of("127.0.0.1:2233"))
          .original("EXPORTER_ADDRESS")
          .means("Where /metrics, /health and /neard-pid are served.");
  static final Key<Path> RUNTIME_DIR =
      row("runtime.dir", Types.PATH, Preset.of("/run/kneard"))
          .means(
              "Where the daemon keeps what has to survive its own restart but not the host's:"
                  + " the id of the open session, whether it is paused, and a lock against a second"
                  + " daemon.");

  /** All rows. */
  static final List<Key<?>> ALL = List.copyOf(ROWS);

  /** The key file's name in systemd's credentials folder, for the keys that look there. */
  static final Map<Key<Path>, String> CREDENTIALS =
      Map.of(
          VALIDATOR_KEY, "validator_key.json",
          VALIDATOR_NODE_KEY, "validator_node_key.json",
          VOTER_NODE_KEY, "voter_node_key.json");

  /** What the unit calls the folder with the key files in {@code LoadCredential=}. */
  static final String CREDENTIALS_FOLDER = "keys";

  private Keys() {}

  static Optional<Key<?>> at(String path) {
    return ALL.stream().filter(key -> key.path().equals(path)).findFirst();
  }

  private static Row<Path> keyFile(String name, String credential, String otherwise) {
    String preset =
        "$CREDENTIALS_DIRECTORY/%s if it exists, else %s".formatted(credential, otherwise);
    return row(
        "keys." + name, Types.KEY_PATH, Preset.none(preset, "/etc/kneard/keys/" + credential));
  }

  private static Row<HostPort> networkAddress(String name, String withNodeKey) {
    String preset = "%s with keys.validator-node-key, else config.json's".formatted(withNodeKey);
    return row("network." + name, Types.IP_ADDRESS, Preset.none(preset, withNodeKey));
  }

  private static Preset byProfile(String reference) {
    return Preset.none("the profile's", reference);
  }

  private static <T> Row<T> row(String path, ValueType<T> type, Preset preset) {
    return new Row<>(path, type, preset, List.of(), Change.AT_START);
  }

  /** A row that is being written; {@link #means} ends it and puts it into the table. */
  private record Row<T>(
      String path, ValueType<T> type, Preset preset, List<String> original, Change change) {

    Row<T> original(String... names) {
      List<String> variables = List.of(names).stream().map(name -> Origin.ORIGINAL + name).toList();
      return new Row<>(path, type, preset, variables, change);
    }

    Row<T> change(Change when) {
      return new Row<>(path, type, preset, original, when);
    }

    Key<T> means(String meaning) {
      Key<T> key = new Key<>(path, type, preset, meaning, original, change);
      ROWS.add(key);
      return key;
    }
  }

  private static Map<String, String> sections() {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("", "Who this host is.");
    about.put("neard", "The node: its program, its home, and how patient to be with it.");
    about.put("keys", "Files with keys. Their content never appears in a log.");
    about.put("network", "neard's address for its peers, where it differs by role.");
    about.put("lock", "The leader lock: when it can move, and when signing has ended before that.");
    about.put("consul", "The store of the lock.");
    about.put("cluster", "The cluster of the hosts, and its database; see docs/cluster.md.");
    about.put("datamesh", "Replicated volumes; see docs/datamesh.md and docs/drbd.md.");
    about.put("volume", "The replicated volume that goes with the validator; see docs/volumes.md.");
    about.put("control", "The socket for kneardctl.");
    about.put("metrics", "The address for Prometheus.");
    about.put("runtime", "Files that live as long as the host is up.");
    return about;
  }
}
