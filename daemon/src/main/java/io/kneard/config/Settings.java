package io.kneard.config;

import io.kneard.lock.LockTiming;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings in force; what exists was checked. Paths are absolute. There is no secret in them,
 * only paths to files with secrets.
 *
 * @param nodeId this host's name in the lock
 * @param accountId the validator's account, which names the lock
 * @param runtimeDir for files that survive a restart of the daemon but not of the host
 */
public record Settings(
    String nodeId,
    String accountId,
    Neard neard,
    KeyFiles keys,
    Network network,
    Lock lock,
    Consul consul,
    Cluster cluster,
    Datamesh datamesh,
    Optional<BoundVolume> volume,
    Control control,
    Metrics metrics,
    Path runtimeDir) {

  /**
   * The node.
   *
   * @param binary a path, or a name to be found on PATH
   * @param home with config.json
   * @param bootNodes {@code KEY@ip:port}; empty for those in config.json
   * @param rpcAddr where to ask it; empty for what config.json says
   * @param startTimeout from its start to its first answer
   * @param startAttempts in a row before the daemon ends; 0: no end
   * @param statusTimeout of one request
   * @param statusInterval from one request to the next
   * @param statusFailures without interruption that make it count as gone
   * @param stopTimeout from SIGTERM to SIGKILL, without the validator key
   * @param promotion never {@link PromotionMode#AUTO}: that is resolved here
   * @param promotionTimeout for a hot promotion to be confirmed
   */
  public record Neard(
      String binary,
      Path home,
      List<String> bootNodes,
      Optional<HostPort> rpcAddr,
      Duration startTimeout,
      int startAttempts,
      Duration statusTimeout,
      Duration statusInterval,
      int statusFailures,
      Duration stopTimeout,
      PromotionMode promotion,
      Duration promotionTimeout) {}

  /**
   * Files with keys. The two node keys are both there or both not.
   *
   * @param validatorKey what signs
   * @param validatorPublicKey its public half, as {@code /status} shows it
   * @param validatorNodeKey neard's node key while signing
   * @param voterNodeKey neard's node key otherwise
   */
  public record KeyFiles(
      Path validatorKey,
      String validatorPublicKey,
      Optional<Path> validatorNodeKey,
      Optional<Path> voterNodeKey) {}

  /**
   * neard's addresses; without a validator node key those in config.json hold.
   *
   * @param validatorAddr to listen on while signing
   * @param voterAddr to listen on otherwise
   * @param publicAddresses IP addresses, without key and port
   */
  public record Network(
      Optional<HostPort> validatorAddr,
      Optional<HostPort> voterAddr,
      List<String> publicAddresses) {}

  /**
   * The leader lock.
   *
   * @param timing which holds the safety inequality
   */
  public record Lock(LockBackend backend, Profile profile, LockTiming timing) {}

  /**
   * The store of the lock.
   *
   * @param urls {@code scheme://host:port}, at least one
   * @param tokenFile to be read again on a reload and when refused
   */
  public record Consul(
      List<URI> urls,
      Optional<Path> tokenFile,
      Optional<Path> caFile,
      Optional<Path> certFile,
      Optional<Path> keyFile) {}

  /**
   * The cluster.
   *
   * @param dir what this host keeps of it
   * @param address of its API, where none is given to the command
   * @param heartbeat how often the leader asks all
   * @param voters odd
   * @param standBys further members with a copy of the database
   * @param updateProgram run when another member has a newer build
   * @param failureDomain empty if it is not known
   */
  public record Cluster(
      Path dir,
      Optional<HostPort> address,
      Duration heartbeat,
      int voters,
      int standBys,
      Optional<Path> updateProgram,
      String failureDomain) {}

  /**
   * Replicated volumes.
   *
   * @param pools {@code NAME=KIND:PLACE}
   * @param networks {@code NAME=IP}; empty for the address in the cluster
   * @param firstPort of the first volume
   * @param firstMinor of the first volume
   * @param deviceDir where the devices are found by the names of volumes
   */
  public record Datamesh(
      List<String> pools, List<String> networks, int firstPort, int firstMinor, Path deviceDir) {}

  /**
   * The volume that goes with the validator.
   *
   * @param attachTimeout how long a promotion waits for it
   * @param lossLimit how long a signer goes on without it
   */
  public record BoundVolume(
      String name, Duration attachTimeout, IfNotAttached otherwise, Duration lossLimit) {}

  /** The control socket: its path, and the group that may use it. */
  public record Control(Path socket, String group) {}

  /** Where metrics are served. */
  public record Metrics(HostPort address) {}

  /** From values that were checked. */
  static Settings from(Values values, String validatorPublicKey) {
    return new Settings(
        values.get(Keys.NODE_ID),
        values.get(Keys.ACCOUNT_ID),
        neard(values),
        new KeyFiles(
            values.get(Keys.VALIDATOR_KEY),
            validatorPublicKey,
            values.find(Keys.VALIDATOR_NODE_KEY),
            values.find(Keys.VOTER_NODE_KEY)),
        new Network(
            values.find(Keys.VALIDATOR_ADDR),
            values.find(Keys.VOTER_ADDR),
            values.find(Keys.PUBLIC_ADDRESSES).orElse(List.of())),
        new Lock(
            values.get(Keys.LOCK_BACKEND),
            values.get(Keys.PROFILE),
            LockChecks.timing(values).orElseThrow()),
        new Consul(
            values.get(Keys.URLS),
            values.find(Keys.TOKEN_FILE),
            values.find(Keys.CA_FILE),
            values.find(Keys.CERT_FILE),
            values.find(Keys.KEY_FILE)),
        new Cluster(
            values.get(Keys.CLUSTER_DIR),
            values.find(Keys.CLUSTER_ADDRESS),
            values.get(Keys.CLUSTER_HEARTBEAT),
            values.get(Keys.CLUSTER_VOTERS),
            values.get(Keys.CLUSTER_STAND_BYS),
            values.find(Keys.CLUSTER_UPDATE),
            values.find(Keys.CLUSTER_DOMAIN).orElse("")),
        new Datamesh(
            values.find(Keys.MESH_POOLS).orElse(List.of()),
            values.find(Keys.MESH_NETWORKS).orElse(List.of()),
            values.get(Keys.MESH_PORT),
            values.get(Keys.MESH_MINOR),
            values.get(Keys.MESH_DEVICES)),
        values
            .find(Keys.VOLUME_BOUND)
            .map(
                name ->
                    new BoundVolume(
                        name,
                        values.get(Keys.VOLUME_ATTACH),
                        values.get(Keys.VOLUME_OTHERWISE),
                        values.get(Keys.VOLUME_LOSS))),
        new Control(values.get(Keys.SOCKET), values.get(Keys.GROUP)),
        new Metrics(values.get(Keys.METRICS_ADDRESS)),
        values.get(Keys.RUNTIME_DIR));
  }

  private static Neard neard(Values values) {
    PromotionMode wanted = values.get(Keys.PROMOTION);
    boolean nodeKey = values.find(Keys.VALIDATOR_NODE_KEY).isPresent();
    PromotionMode automatic = nodeKey ? PromotionMode.RESTART : PromotionMode.HOT;
    return new Neard(
        values.get(Keys.BINARY),
        values.get(Keys.HOME),
        values.find(Keys.BOOT_NODES).orElse(List.of()),
        values.find(Keys.RPC_ADDR),
        values.get(Keys.START_TIMEOUT),
        values.get(Keys.START_ATTEMPTS),
        values.get(Keys.STATUS_TIMEOUT),
        values.get(Keys.STATUS_INTERVAL),
        values.get(Keys.STATUS_FAILURES),
        values.get(Keys.STOP_TIMEOUT),
        wanted == PromotionMode.AUTO ? automatic : wanted,
        values.get(Keys.PROMOTION_TIMEOUT));
  }
}
