package io.kneard.datamesh.agent;

import io.kneard.datamesh.control.HostFacts;
import io.kneard.datamesh.control.HostFacts.Network;
import io.kneard.datamesh.control.HostFacts.PoolFacts;
import io.kneard.drbd.Driver;
import io.kneard.drbd.Pool;
import io.kneard.drbd.StorageProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A look at what this host has for volumes.
 *
 * @param drivable whether there is a DRBD that can be told anything
 */
record Survey(HostFacts facts, boolean drivable) {
  /** In a cluster whose hosts have one address each. */
  private static final String ONLY_NETWORK = "cluster";

  /** Free space that has changed by less than a part of this size is not worth a write. */
  private static final long PART = 20;

  /** What there is now. Runs commands; takes as long as they may. */
  static Survey of(Equipment equipment, HostSelf self) throws InterruptedException {
    Driver driver = Driver.detect(equipment.tools().get());
    List<PoolFacts> pools = new ArrayList<>();
    for (Pool pool : equipment.pools()) {
      pools.add(pool(equipment, pool));
    }
    return new Survey(
        new HostFacts(
            driver.kernel(),
            driver.utils(),
            driver.nonVoting(),
            driver.problem(),
            0,
            pools,
            networks(equipment, self)),
        driver.problem().isEmpty());
  }

  private static PoolFacts pool(Equipment equipment, Pool pool) throws InterruptedException {
    try {
      long free = equipment.storage().apply(pool).free();
      return new PoolFacts(pool.name(), zeroed(pool), free, Optional.empty(), pool.path());
    } catch (StorageProblem e) {
      return new PoolFacts(pool.name(), zeroed(pool), 0, Optional.of(e.getMessage()), pool.path());
    }
  }

  static List<Network> networks(Equipment equipment, HostSelf self) {
    return equipment.networks().isEmpty()
        ? List.of(new Network(ONLY_NETWORK, self.ip()))
        : equipment.networks();
  }

  /** Blocks of a thin volume, and of a sparse file, are empty until they are written. */
  private static boolean zeroed(Pool pool) {
    return !(pool instanceof Pool.LvmThick);
  }

  /** Whether the database need not be told of the second after the first. */
  static boolean alike(HostFacts told, HostFacts now) {
    boolean sizes =
        told.pools().size() == now.pools().size()
            && told.pools().stream()
                .allMatch(pool -> now.pool(pool.name()).filter(p -> alike(pool, p)).isPresent());
    return sizes && withoutPools(told).equals(withoutPools(now));
  }

  private static boolean alike(PoolFacts told, PoolFacts now) {
    return told.zeroed() == now.zeroed()
        && told.problem().equals(now.problem())
        && Math.abs(told.free() - now.free()) <= told.free() / PART;
  }

  private static HostFacts withoutPools(HostFacts facts) {
    return new HostFacts(
        facts.kernel(),
        facts.utils(),
        facts.nonVoting(),
        facts.problem(),
        0,
        List.of(),
        facts.networks());
  }
}
