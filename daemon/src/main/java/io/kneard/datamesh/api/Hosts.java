package io.kneard.datamesh.api;

import io.kneard.datamesh.BackingSize;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.control.DeviceIds;
import io.kneard.datamesh.control.Disk;
import io.kneard.datamesh.control.HostFacts.PoolFacts;
import io.kneard.datamesh.control.HostState;
import io.kneard.datamesh.control.VolumeDocument;
import io.kneard.datamesh.intent.Exit;
import io.kneard.datamesh.intent.Origin;
import io.kneard.datamesh.intent.Place;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Where an administrator's replicas can be: what a host lacks is said at once. */
record Hosts(Map<String, HostState> all) {
  private static final DeviceIds IDS = new DeviceIds();
  private static final String WHY = "asked for by an administrator";

  /** Throws if one of these is not in the cluster. */
  void requireKnown(Set<String> names) {
    names.forEach(this::host);
  }

  private HostState host(String name) {
    HostState host = all.get(name);
    if (host == null) {
      throw Refused.unknown("%s is no member of the cluster".formatted(name));
    }
    return host;
  }

  /** One replica more. */
  VolumeDocument add(VolumeDocument document, String name, MemberType type, Optional<String> pool) {
    HostState host = host(name);
    if (host.facts().problem().isPresent()) {
      throw Refused.notNow("%s: %s".formatted(name, host.facts().problem().get()));
    }
    if (document.on(name).isPresent()) {
      throw Refused.notNow(
          "%s still has a replica of %s, which goes away: wait for its end"
              .formatted(name, document.volume().name()));
    }
    int id =
        document
            .freeId()
            .orElseThrow(
                () ->
                    Refused.notNow(
                        "%s has %d replicas: there cannot be more"
                            .formatted(document.volume().name(), Member.MAX_ID + 1)));
    Optional<PoolFacts> chosen = poolFor(document, host, type, pool);
    Place place =
        new Place(
            id, name, type, chosen.map(PoolFacts::name), Origin.ADMINISTRATOR, Exit.STAYS, WHY);
    Map<Integer, Disk> disks = new TreeMap<>(document.disks());
    disks.put(id, new Disk(IDS.get(), chosen.filter(PoolFacts::zeroed).isPresent()));
    return document.with(place).withDisks(disks);
  }

  /** The replica as another type, and to stay. */
  VolumeDocument retype(
      VolumeDocument document, Place place, MemberType type, Optional<String> pool) {
    Optional<String> chosen =
        place
            .pool()
            .or(() -> poolFor(document, host(place.node()), type, pool).map(PoolFacts::name));
    return document.with(place.as(type, chosen, WHY).by(Origin.ADMINISTRATOR).with(Exit.STAYS));
  }

  private static Optional<PoolFacts> poolFor(
      VolumeDocument document, HostState host, MemberType type, Optional<String> wanted) {
    if (!type.backed()) {
      return Optional.empty();
    }
    long needed = BackingSize.needed(document.volume().wantedSize());
    Optional<PoolFacts> pool =
        host.facts().pools().stream()
            .filter(one -> wanted.or(document.wish()::pool).map(one.name()::equals).orElse(true))
            .filter(one -> one.problem().isEmpty() && one.free() >= needed)
            .max(Comparator.comparingLong(PoolFacts::free));
    if (pool.isEmpty()) {
      throw Refused.notNow(
          "%s has no pool%s with %d bytes free"
              .formatted(
                  host.name(),
                  wanted.or(document.wish()::pool).map(name -> " " + name).orElse(""),
                  needed));
    }
    return pool;
  }
}
