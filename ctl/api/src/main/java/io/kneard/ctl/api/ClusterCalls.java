package io.kneard.ctl.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.ctl.api.cluster.BackupReport;
import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.ctl.api.cluster.Control;
import io.kneard.ctl.api.cluster.CoreRoutes;
import io.kneard.ctl.api.cluster.RenewalReport;
import io.kneard.ctl.api.cluster.ServerInfo;
import io.kneard.ctl.api.cluster.TokenRecord;
import io.kneard.ctl.api.cluster.TokenRequest;
import java.net.ProtocolException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks the daemon of this host about its cluster; fails as {@link ControlClient} does. */
public final class ClusterCalls {
  private static final Duration SHORT = Duration.ofSeconds(15);

  /** A database that begins, a member that answers late, a vote that moves. */
  private static final Duration LONG = Duration.ofSeconds(100);

  private final ControlClient client;

  ClusterCalls(ControlClient client) {
    this.client = client;
  }

  /** What this host is. */
  public ServerInfo server() throws ControlException {
    return as(ServerInfo.class, client.core("GET", CoreRoutes.SERVER, null, SHORT));
  }

  /** All members. */
  public List<ClusterMember> list() throws ControlException {
    return List.of(as(ClusterMember[].class, client.core("GET", CoreRoutes.CLUSTER, null, SHORT)));
  }

  /** Founds a cluster, or joins one; returns when the database is online. */
  public void begin(Control wish) throws ControlException {
    client.core("POST", CoreRoutes.CONTROL, wish, LONG);
  }

  /** Makes a token. */
  public String addToken(TokenRequest request) throws ControlException {
    return as(String.class, client.core("POST", CoreRoutes.CONTROL_TOKENS, request, SHORT));
  }

  /** Tokens that wait to be used. */
  public List<TokenRecord> tokens() throws ControlException {
    return List.of(
        as(TokenRecord[].class, client.core("GET", CoreRoutes.CONTROL_TOKENS, null, SHORT)));
  }

  /** Makes a token useless. */
  public void revokeToken(String name) throws ControlException {
    client.core("DELETE", CoreRoutes.TOKENS + "/" + encoded(name), Map.of(), SHORT);
  }

  /** Removes a member; with {@code force} also one that does not answer. */
  public void remove(String name, boolean force) throws ControlException {
    client.core(
        "DELETE",
        CoreRoutes.CLUSTER + "/" + encoded(name) + (force ? "?force=1" : ""),
        Map.of(),
        LONG);
  }

  /** Makes a backup of the database on this host. */
  public BackupReport backup() throws ControlException {
    return as(BackupReport.class, client.core("POST", CoreRoutes.BACKUP, Map.of(), LONG));
  }

  /** Gives this member a new certificate. */
  public RenewalReport renew() throws ControlException {
    return as(RenewalReport.class, client.core("POST", CoreRoutes.RENEW, Map.of(), LONG));
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  private <T> T as(Class<T> type, JsonNode answer) throws ControlException {
    try {
      return ControlJson.get().treeToValue(answer, type);
    } catch (JsonProcessingException e) {
      String what = "not a " + type.getSimpleName();
      throw NoAnswer.broken(client.socket(), what, new ProtocolException(what));
    }
  }
}
