package io.kneard.ctl.api;

import io.kneard.ctl.api.mesh.ClassView;
import io.kneard.ctl.api.mesh.ClassWish;
import io.kneard.ctl.api.mesh.ExportView;
import io.kneard.ctl.api.mesh.HostView;
import io.kneard.ctl.api.mesh.HostWish;
import io.kneard.ctl.api.mesh.MeshRoutes;
import io.kneard.ctl.api.mesh.ReplicaWish;
import io.kneard.ctl.api.mesh.SizeWish;
import io.kneard.ctl.api.mesh.VolumeLine;
import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.ctl.api.mesh.VolumeWish;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Asks the daemon of this host about volumes; fails as {@link ControlClient} does. */
public final class MeshCalls {
  private final ControlClient client;

  MeshCalls(ControlClient client) {
    this.client = client;
  }

  /** All volumes. */
  public List<VolumeLine> volumes() throws ControlException {
    return List.of(client.mesh("GET", MeshRoutes.VOLUMES, null, VolumeLine[].class));
  }

  /** All about one. */
  public VolumeView volume(String name) throws ControlException {
    return view("GET", volumePath(name), null);
  }

  /** Makes one; it forms afterwards. */
  public VolumeView create(VolumeWish wish) throws ControlException {
    return view("POST", MeshRoutes.VOLUMES, wish);
  }

  /** Changes what is wanted of one. */
  public VolumeView set(String name, VolumeWish wish) throws ControlException {
    return view("PATCH", volumePath(name), wish);
  }

  /** Lets one grow; bytes. */
  public VolumeView resize(String name, long size) throws ControlException {
    return view("PUT", volumePath(name) + MeshRoutes.SIZE, new SizeWish(size));
  }

  /** Deletes one with its data; answers what is left of it. */
  public VolumeView delete(String name) throws ControlException {
    return view("DELETE", volumePath(name), Map.of());
  }

  /** One as a file for drbdadm. */
  public ExportView export(String name) throws ControlException {
    return client.mesh("GET", volumePath(name) + MeshRoutes.EXPORT, null, ExportView.class);
  }

  /** Adds a replica, or makes it be of another type. */
  public VolumeView replica(String name, String host, ReplicaWish wish) throws ControlException {
    return view("PUT", volumePath(name) + MeshRoutes.REPLICAS + "/" + encoded(host), wish);
  }

  /** Takes a replica out; with {@code force} one whose host is dead. */
  public VolumeView removeReplica(String name, String host, boolean force) throws ControlException {
    return view(
        "DELETE",
        volumePath(name) + MeshRoutes.REPLICAS + "/" + encoded(host) + query(force),
        Map.of());
  }

  /** Lets a volume be used on a host; an empty name is the host that is asked. */
  public VolumeView attach(String name, String host) throws ControlException {
    return view("PUT", attachment(name, host), Map.of());
  }

  /** Ends the use of a volume on a host; with {@code force} on one that is dead. */
  public VolumeView detach(String name, String host, boolean force) throws ControlException {
    return view("DELETE", attachment(name, host) + query(force), Map.of());
  }

  /** All classes. */
  public List<ClassView> classes() throws ControlException {
    return List.of(client.mesh("GET", MeshRoutes.CLASSES, null, ClassView[].class));
  }

  /** Makes a class. */
  public ClassView createClass(ClassWish wish) throws ControlException {
    return client.mesh("POST", MeshRoutes.CLASSES, wish, ClassView.class);
  }

  /** Changes what is wanted of the volumes of a class. */
  public ClassView setClass(String name, ClassWish wish) throws ControlException {
    return client.mesh("PATCH", MeshRoutes.CLASSES + "/" + encoded(name), wish, ClassView.class);
  }

  /** All hosts. */
  public List<HostView> hosts() throws ControlException {
    return List.of(client.mesh("GET", MeshRoutes.HOSTS, null, HostView[].class));
  }

  /** Says something of a host. */
  public HostView host(String name, HostWish wish) throws ControlException {
    return client.mesh("PATCH", MeshRoutes.HOSTS + "/" + encoded(name), wish, HostView.class);
  }

  private VolumeView view(String method, String path, Object body) throws ControlException {
    return client.mesh(method, path, body, VolumeView.class);
  }

  private static String volumePath(String name) {
    return MeshRoutes.VOLUMES + "/" + encoded(name);
  }

  private static String attachment(String name, String host) {
    String path = volumePath(name) + MeshRoutes.ATTACHMENTS;
    return host == null || host.isEmpty() ? path : path + "/" + encoded(host);
  }

  private static String query(boolean force) {
    return force ? "?force=1" : "";
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
