package io.kneard.ctl.api.mesh;

/** Paths of the control socket that are about volumes; what follows a path is a name. */
public final class MeshRoutes {
  /**
   * GET: a list of {@link VolumeLine}; POST {@link VolumeWish}. With {@code /VOLUME}: GET: {@link
   * VolumeView}; PATCH {@link VolumeWish}; DELETE.
   */
  public static final String VOLUMES = "/v1/volumes";

  /** PUT {@link SizeWish}, after a volume: it grows. */
  public static final String SIZE = "/size";

  /** GET, after a volume: {@link ExportView}. */
  public static final String EXPORT = "/export";

  /** PUT {@link ReplicaWish} with {@code /HOST}, after a volume; DELETE, {@code ?force=1}. */
  public static final String REPLICAS = "/replicas";

  /** PUT with {@code /HOST}, after a volume; DELETE, {@code ?force=1}. */
  public static final String ATTACHMENTS = "/attachments";

  /** GET: a list of {@link HostView}; PATCH {@link HostWish} with {@code /HOST}. */
  public static final String HOSTS = "/v1/hosts";

  /** GET: a list of {@link ClassView}; POST {@link ClassWish}; PATCH it with {@code /CLASS}. */
  public static final String CLASSES = "/v1/classes";

  private MeshRoutes() {}
}
