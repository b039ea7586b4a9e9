package io.kneard.ctl.api.cluster;

/** Paths of the cluster's API. */
public final class CoreRoutes {
  /** What all of them begin with. */
  public static final String PREFIX = "/core/";

  /** GET: {@link ServerInfo}. */
  public static final String SERVER = "/core/1.0";

  /** GET: whether the member is ready. */
  public static final String READY = "/core/1.0/ready";

  /** GET: a list of {@link ClusterMember}; DELETE with {@code /NAME}: removes one. */
  public static final String CLUSTER = "/core/1.0/cluster";

  /** PUT with {@code /NAME}: {@link KeyPairPut}. */
  public static final String CERTIFICATES = "/core/1.0/cluster/certificates";

  /** GET: a list of {@link TokenRecord}; POST {@link TokenRequest}: the token; DELETE /NAME. */
  public static final String TOKENS = "/core/1.0/tokens";

  /** POST {@link Control}: founds a cluster, or joins one. Only on the control socket. */
  public static final String CONTROL = "/core/control";

  /** POST: ends the daemon in order. Only on the control socket. */
  public static final String SHUTDOWN = "/core/control/shutdown";

  /** The same as {@link #TOKENS}, without DELETE. Only on the control socket. */
  public static final String CONTROL_TOKENS = "/core/control/tokens";

  /** POST: makes a backup now; answers its folder. Only on the control socket. */
  public static final String BACKUP = "/core/control/backup";

  /** POST: gives this member a new certificate. Only on the control socket. */
  public static final String RENEW = "/core/control/certificate";

  private CoreRoutes() {}
}
