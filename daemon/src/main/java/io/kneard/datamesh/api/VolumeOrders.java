package io.kneard.datamesh.api;

import io.kneard.ctl.api.mesh.HostWish;
import io.kneard.ctl.api.mesh.ReplicaWish;
import io.kneard.ctl.api.mesh.VolumeWish;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Volume;
import io.kneard.datamesh.control.HostState;
import io.kneard.datamesh.control.HostWishes;
import io.kneard.datamesh.control.MeshStore;
import io.kneard.datamesh.control.Stored;
import io.kneard.datamesh.control.VolumeDocument;
import io.kneard.datamesh.intent.Mode;
import io.kneard.datamesh.intent.Place;
import io.kneard.datamesh.intent.Wish;
import io.kneard.drbd.Storage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What administrators order. Each order is one transaction that changes what is wanted; what comes
 * of it is the controller's. Every method throws {@link Refused} if the order makes no sense.
 */
public final class VolumeOrders {
  /** Less holds no file system; DRBD itself wants no more. */
  private static final long SMALLEST = 1L << 20;

  /** What DRBD can address with its metadata in one piece. */
  private static final long LARGEST = 1L << 50;

  /** Every volume takes a port and a minor on its hosts. */
  private static final int NUMBERS = 16_384;

  private final MeshStore store;
  private final Supplier<Optional<String>> self;
  private final InstantSource clock;

  /**
   * @param self this host's name in the cluster
   */
  public VolumeOrders(MeshStore store, Supplier<Optional<String>> self, InstantSource clock) {
    this.store = store;
    this.self = self;
    this.clock = clock;
  }

  Stored create(VolumeWish asked) throws DatabaseUnavailable {
    String name = name(asked.name());
    long size = size(asked.size());
    Optional<String> volumeClass = Optional.ofNullable(asked.volumeClass());
    Wish wish = wish(asked, Wishes.fresh(asked));
    Map<String, String> replicas = asked.replicas() == null ? Map.of() : asked.replicas();
    boolean manual = wish.mode() == Mode.MANUAL;
    if (manual == replicas.isEmpty()) {
      throw Refused.wrong(
          manual
              ? "replicas: a manual volume is made of those that are named, such as host-1=D"
              : "replicas: only of a manual volume; the planner chooses those of a managed one");
    }
    Hosts hosts = hosts();
    hosts.requireFeasible(wish, size);
    Optional<Stored> made =
        store.create(
            name,
            number -> {
              requireNumber(number);
              Volume volume = new Volume(name, wish.goal(), size, false, Mesh.NONE, List.of());
              VolumeDocument document = VolumeDocument.fresh(number, volumeClass, wish, volume);
              for (Map.Entry<String, String> one : new TreeMap<>(replicas).entrySet()) {
                Stored soFar = new Stored(name, document, 0, Map.of());
                MemberType type = Words.type(one.getValue());
                document = hosts.add(soFar, one.getKey(), type, Optional.empty());
              }
              return document;
            });
    return made.orElseThrow(
        () -> Refused.notNow("volume %s: there is one already".formatted(name)));
  }

  /** That of the class, if one is named; then nothing else may be said. */
  private Wish wish(VolumeWish asked, Wish said) throws DatabaseUnavailable {
    if (asked.volumeClass() == null) {
      return said;
    }
    VolumeWish only =
        new VolumeWish(
            asked.name(),
            asked.size(),
            asked.volumeClass(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    boolean manual = Boolean.TRUE.equals(asked.manual()) || asked.replicas() != null;
    VolumeWish plain = manual ? asked : asked.managed();
    if (!plain.equals(only)) {
      throw Refused.wrong(
          "volume_class = %s: what its volumes are like is the class's to say"
              .formatted(asked.volumeClass()));
    }
    return new Classes(store).one(asked.volumeClass()).wish();
  }

  private static void requireNumber(int number) {
    if (number >= NUMBERS) {
      throw Refused.notNow("there are %d volumes: no more can be made".formatted(NUMBERS));
    }
  }

  static String name(String asked) {
    try {
      Storage.Replica.checkName(String.valueOf(asked));
      return asked;
    } catch (IllegalArgumentException e) {
      throw Refused.wrong(e.getMessage());
    }
  }

  private static long size(Long asked) {
    if (asked == null || asked < SMALLEST || asked > LARGEST) {
      throw Refused.wrong("size = %s: from %d to %d bytes".formatted(asked, SMALLEST, LARGEST));
    }
    return asked;
  }

  Stored set(String name, VolumeWish asked) throws DatabaseUnavailable {
    if (asked.name() != null || asked.size() != null || asked.replicas() != null) {
      throw Refused.wrong("name, size, replicas: not to be set; there is 'resize', and 'replica'");
    }
    Hosts hosts = hosts();
    Optional<Wish> ofClass =
        asked.volumeClass() == null
            ? Optional.empty()
            : Optional.of(wish(asked, Wishes.fresh(asked)));
    return edit(
        name,
        document -> {
          Wish wish = ofClass.isPresent() ? ofClass.get() : Wishes.changed(document.wish(), asked);
          hosts.requireFeasible(wish, document.volume().wantedSize());
          return document.wanted(Optional.ofNullable(asked.volumeClass()), wish);
        });
  }

  Stored resize(String name, long size) throws DatabaseUnavailable {
    size(size);
    return edit(
        name,
        document -> {
          Volume v = document.volume();
          if (size < v.wantedSize()) {
            throw Refused.wrong(
                "size = %d: the volume has %d bytes, and volumes do not shrink"
                    .formatted(size, v.wantedSize()));
          }
          return document.withVolume(
              new Volume(v.name(), v.configuration(), size, false, v.mesh(), v.transitions()));
        });
  }

  Stored delete(String name) throws DatabaseUnavailable {
    return change(
        name,
        stored -> {
          VolumeDocument document = stored.document();
          Volume v = document.volume();
          List<String> users = users(document);
          if (!users.isEmpty()) {
            throw Refused.notNow(
                "volume %s is in use on %s: detach it first"
                    .formatted(name, String.join(", ", users)));
          }
          return document.withVolume(
              new Volume(
                  v.name(), v.configuration(), v.wantedSize(), true, v.mesh(), v.transitions()));
        });
  }

  private static List<String> users(VolumeDocument document) {
    Set<String> users = new TreeSet<>();
    document.intents().forEach(intent -> users.add(intent.node()));
    document.volume().mesh().where(Member::attached).forEach(member -> users.add(member.node()));
    document.volume().transitions().stream()
        .filter(t -> t.kind().aboutUse())
        .flatMap(t -> t.subject().stream())
        .flatMap(id -> document.volume().mesh().member(id).stream())
        .forEach(member -> users.add(member.node()));
    return List.copyOf(users);
  }

  Stored replica(String name, String host, ReplicaWish asked) throws DatabaseUnavailable {
    MemberType type = Words.type(asked.type());
    Optional<String> pool = Optional.ofNullable(asked.pool());
    Hosts hosts = hosts();
    return editStored(
        name,
        stored ->
            asked.fresh()
                ? hosts.add(stored, host, type, pool)
                : hosts.retype(stored, place(stored.document(), host), type, pool));
  }

  Stored removeReplica(String name, String host, boolean force) throws DatabaseUnavailable {
    Hosts hosts = hosts();
    return editStored(
        name,
        stored -> {
          VolumeDocument document = stored.document();
          VolumeDocument next = hosts.remove(stored, place(document, host), force);
          return force ? next.withIntents(without(document, host)) : next;
        });
  }

  Stored attach(String name, String host) throws DatabaseUnavailable {
    String node = hostOrSelf(host);
    hosts().requireKnown(Set.of(node));
    return edit(
        name,
        document -> {
          if (document.wish().mode() == Mode.MANUAL && document.on(node).isEmpty()) {
            throw Refused.notNow(
                "%s has no replica of %s, which is manual: 'replica add' one, such as A"
                    .formatted(node, name));
          }
          if (document.intents().stream().anyMatch(intent -> intent.node().equals(node))) {
            return document;
          }
          List<AttachIntent> intents = new ArrayList<>(document.intents());
          intents.add(new AttachIntent(node, clock.millis()));
          return document.withIntents(intents);
        });
  }

  Stored detach(String name, String host, boolean force) throws DatabaseUnavailable {
    String node = hostOrSelf(host);
    boolean known = store.hosts().containsKey(node);
    return edit(
        name,
        document -> {
          if (!known && document.on(node).isEmpty()) {
            throw Refused.unknown("%s is no member of the cluster".formatted(node));
          }
          Optional<Member> attached = document.volume().mesh().on(node).filter(Member::attached);
          Set<Integer> forced = new TreeSet<>(document.forceDetach());
          if (force) {
            attached.ifPresent(member -> forced.add(member.id()));
          }
          return document.withIntents(without(document, node)).withForceDetach(forced);
        });
  }

  private static List<AttachIntent> without(VolumeDocument document, String node) {
    return document.intents().stream().filter(intent -> !intent.node().equals(node)).toList();
  }

  HostState host(String name, HostWish asked) throws DatabaseUnavailable {
    if (!store.hosts().containsKey(name)) {
      throw Refused.unknown("%s is no member of the cluster".formatted(name));
    }
    if (asked.zone() != null && !asked.zone().matches("[A-Za-z0-9._-]{0,63}")) {
      throw Refused.wrong(
          "zone = %s: up to 63 of letters, digits and . _ -".formatted(asked.zone()));
    }
    store.wish(
        name,
        before ->
            new HostWishes(
                asked.zone() == null ? before.zone() : asked.zone(),
                asked.drained() == null ? before.drained() : asked.drained()));
    return store.hosts().get(name);
  }

  private String hostOrSelf(String host) {
    return host.isEmpty()
        ? self.get().orElseThrow(() -> Refused.wrong("host: this one is in no cluster"))
        : host;
  }

  private static Place place(VolumeDocument document, String host) {
    return document
        .on(host)
        .orElseThrow(
            () ->
                Refused.unknown(
                    "%s has no replica of %s".formatted(host, document.volume().name())));
  }

  private Hosts hosts() throws DatabaseUnavailable {
    return new Hosts(store.hosts(), clock.instant());
  }

  private Stored edit(String name, Function<VolumeDocument, VolumeDocument> edit)
      throws DatabaseUnavailable {
    return editStored(name, stored -> edit.apply(stored.document()));
  }

  /** Changes a volume that is not being deleted. */
  private Stored editStored(String name, Function<Stored, VolumeDocument> edit)
      throws DatabaseUnavailable {
    return change(
        name,
        stored -> {
          if (stored.document().volume().deleting()) {
            throw Refused.notNow("volume %s is being deleted".formatted(name));
          }
          return edit.apply(stored);
        });
  }

  private Stored change(String name, Function<Stored, VolumeDocument> edit)
      throws DatabaseUnavailable {
    Optional<Stored> after = store.edit(name, edit);
    return after.orElseThrow(() -> Refused.unknown("there is no volume " + name));
  }
}
