package io.kneard.daemon;

import io.kneard.cluster.ClusterService;
import io.kneard.cluster.Subject;
import io.kneard.config.Settings;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.datamesh.agent.Equipment;
import io.kneard.datamesh.agent.HostAgent;
import io.kneard.datamesh.agent.HostSelf;
import io.kneard.datamesh.api.Attachment;
import io.kneard.datamesh.api.MeshHandler;
import io.kneard.datamesh.api.VolumeOrders;
import io.kneard.datamesh.control.Controller;
import io.kneard.datamesh.control.DeviceIds;
import io.kneard.datamesh.control.Herald;
import io.kneard.datamesh.control.HostFacts.Network;
import io.kneard.datamesh.control.Members;
import io.kneard.datamesh.control.MeshStore;
import io.kneard.drbd.Pool;
import io.kneard.drbd.Processes;
import io.kneard.http.Handler;
import io.kneard.supervisor.Event;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Replicated volumes on this host: the controller, where it leads, and the care for its replicas.
 */
final class Volumes implements AutoCloseable {
  private final Controller controller;
  private final HostAgent agent;
  private final MeshHandler handler;
  private final Function<String, Attachment> attachments;

  private Volumes(
      Controller controller,
      HostAgent agent,
      MeshHandler handler,
      Function<String, Attachment> attachments) {
    this.controller = controller;
    this.agent = agent;
    this.handler = handler;
    this.attachments = attachments;
  }

  static Volumes start(Settings.Datamesh settings, ClusterService cluster) {
    Equipment equipment =
        Equipment.ofThisHost(
            settings.pools().stream().map(Volumes::pool).toList(),
            settings.networks().stream().map(Volumes::network).toList(),
            settings.firstMinor(),
            settings.firstPort(),
            settings.deviceDir());
    return start(equipment, cluster);
  }

  static Volumes start(Equipment equipment, ClusterService cluster) {
    return start(equipment, cluster, () -> {});
  }

  /**
   * Begins.
   *
   * @param stored is run after every change this host has stored, by whoever has stored it
   */
  static Volumes start(Equipment equipment, ClusterService cluster, Runnable stored) {
    Members members = new ClusterMembers(cluster);
    Herald herald = new Herald(() -> cluster.nudgeOthers(Subject.VOLUMES), System::nanoTime);
    Runnable changed =
        () -> {
          herald.changed();
          stored.run();
        };
    MeshStore store = new MeshStore(cluster::database, members, changed);
    InstantSource clock = InstantSource.system();
    Controller controller = new Controller(store, members, new DeviceIds(), clock);
    HostAgent agent = new HostAgent(store, () -> self(cluster), equipment);
    VolumeOrders orders = new VolumeOrders(store, () -> self(cluster).map(HostSelf::name), clock);
    herald.tells(controller::wake);
    herald.tells(agent::wake);
    cluster.whenNudged(Subject.VOLUMES, herald::heard);
    controller.start();
    agent.start();
    return new Volumes(
        controller,
        agent,
        new MeshHandler(store, orders, equipment.firstMinor(), equipment.links().folder(), clock),
        name -> new Attachment(store, orders, () -> self(cluster).map(HostSelf::name), name));
  }

  /** What brings the volume that goes with the validator here, and away. */
  BoundVolume bound(String name, Consumer<Event> tell) {
    return new BoundVolume(attachments.apply(name), new Processes(), name, tell);
  }

  /** What is asked on the control socket. */
  Handler handler() {
    return handler;
  }

  private static Optional<HostSelf> self(ClusterService cluster) {
    return cluster.self().map(it -> new HostSelf(it.getKey(), ip(it.getValue())));
  }

  private static String ip(String address) {
    return address
        .substring(0, address.lastIndexOf(':'))
        .replaceFirst("^\\[", "")
        .replaceFirst("\\]$", "");
  }

  private static Pool pool(String text) {
    String name = text.substring(0, text.indexOf('='));
    String kind = text.substring(name.length() + 1, text.indexOf(':'));
    String place = text.substring(text.indexOf(':') + 1);
    return switch (kind) {
      case "lvm-thin" -> {
        String[] parts = place.split("/", 2);
        yield new Pool.LvmThin(name, parts[0], parts[1]);
      }
      case "lvm" -> new Pool.LvmThick(name, place);
      default -> new Pool.Files(name, Path.of(place));
    };
  }

  private static Network network(String text) {
    String[] parts = text.split("=", 2);
    return new Network(parts[0], parts[1]);
  }

  /** The hosts as the cluster knows them. */
  private record ClusterMembers(ClusterService cluster) implements Members {
    @Override
    public List<Standing> all() throws DatabaseUnavailable {
      return cluster.standing().stream()
          .map(one -> new Standing(one.name(), one.online(), one.lastHeard()))
          .toList();
    }

    @Override
    public boolean leads() {
      return cluster.leads();
    }
  }

  /** Ends both; DRBD's resources stay as they are. */
  @Override
  public void close() {
    agent.close();
    controller.close();
  }
}
