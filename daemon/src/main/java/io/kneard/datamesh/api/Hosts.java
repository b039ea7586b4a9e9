package io.kneard.datamesh.api;

import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.control.DeviceIds;
import io.kneard.datamesh.control.Disk;
import io.kneard.datamesh.control.HostState;
import io.kneard.datamesh.control.Scenes;
import io.kneard.datamesh.control.Stored;
import io.kneard.datamesh.control.VolumeDocument;
import io.kneard.datamesh.intent.Administrator;
import io.kneard.datamesh.intent.Feasibility;
import io.kneard.datamesh.intent.Place;
import io.kneard.datamesh.intent.Site;
import io.kneard.datamesh.intent.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Where an administrator's replicas can be: what stands against them is said at once. */
record Hosts(Map<String, HostState> all, Instant now) {
  private static final DeviceIds IDS = new DeviceIds();

  /** Throws if one of these is not in the cluster. */
  void requireKnown(Set<String> names) {
    names.forEach(this::host);
  }

  /** Throws if no host that comes back could make it possible to have this. */
  void requireFeasible(Wish wish, long size) {
    requireKnown(wish.hosts());
    List<Site> sites = all.values().stream().map(host -> host.site(now, Instant.EPOCH)).toList();
    List<String> errors = Feasibility.problems(wish, size, sites);
    if (!errors.isEmpty()) {
      throw Refused.notNow(String.join("; ", errors));
    }
  }

  private HostState host(String name) {
    HostState host = all.get(name);
    if (host == null) {
      throw Refused.unknown("%s is no member of the cluster".formatted(name));
    }
    return host;
  }

  /** One replica more. */
  VolumeDocument add(Stored stored, String name, MemberType type, Optional<String> pool) {
    Optional<String> problem = host(name).facts().problem();
    if (problem.isPresent()) {
      throw Refused.notNow("%s: %s".formatted(name, problem.get()));
    }
    VolumeDocument next = accepted(stored, administrator(stored).add(name, type, pool));
    Map<Integer, Disk> disks = new TreeMap<>(next.disks());
    for (Place place : next.places()) {
      disks.computeIfAbsent(place.replica(), id -> new Disk(IDS.get(), false));
    }
    return next.withDisks(disks);
  }

  /** The replica as another type. */
  VolumeDocument retype(Stored stored, Place place, MemberType type, Optional<String> pool) {
    host(place.node());
    return accepted(stored, administrator(stored).setType(place.replica(), type, pool));
  }

  /** The replica on its way out; {@code dead}: its host will not come back. */
  VolumeDocument remove(Stored stored, Place place, boolean dead) {
    return accepted(stored, administrator(stored).delete(place.replica(), dead));
  }

  private Administrator administrator(Stored stored) {
    return new Administrator(Scenes.of(stored, all, now, Instant.EPOCH));
  }

  private static VolumeDocument accepted(Stored stored, Administrator.Answer answer) {
    if (answer instanceof Administrator.Answer.Accepted accepted) {
      return stored.document().withPlaces(accepted.places(), stored.document().leaving());
    }
    throw Refused.notNow(((Administrator.Answer.Refused) answer).reason());
  }
}
