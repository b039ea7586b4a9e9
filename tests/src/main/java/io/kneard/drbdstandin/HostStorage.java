package io.kneard.drbdstandin;

import io.kneard.drbd.Backing;
import io.kneard.drbd.Storage;
import java.util.Optional;

/** A pool of one host, out of which disks of its stand-in kernel are made. */
public final class HostStorage implements Storage {
  private final Hosts hosts;
  private final String host;

  public HostStorage(Hosts hosts, String host) {
    this.hosts = hosts;
    this.host = host;
  }

  @Override
  public Optional<Backing> find(Replica replica) {
    synchronized (hosts) {
      return Optional.ofNullable(hosts.kernel(host).disks.get(path(replica)))
          .map(disk -> new Backing(disk.path, disk.size));
    }
  }

  @Override
  public void create(Replica replica, long bytes) {
    hosts.addDisk(host, path(replica), bytes);
  }

  @Override
  public void grow(Replica replica, long bytes) {
    synchronized (hosts) {
      Disk disk = hosts.kernel(host).disks.get(path(replica));
      disk.size = Math.max(disk.size, bytes);
    }
  }

  @Override
  public void remove(Replica replica) {
    synchronized (hosts) {
      hosts.kernel(host).disks.remove(path(replica));
    }
  }

  @Override
  public long free() {
    return Long.MAX_VALUE;
  }

  private static String path(Replica replica) {
    return "/dev/pool/" + replica.volume() + "." + replica.deviceId();
  }
}
