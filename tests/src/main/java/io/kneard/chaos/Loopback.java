package io.kneard.chaos;

import io.kneard.testbed.ConsulServer;

/** All hosts on this machine's loopback: nothing between them can be cut. */
final class Loopback implements Lan {
  @Override
  public ConsulServer.Place place(int host) {
    return ConsulServer.Place.HERE;
  }

  @Override
  public boolean cuts() {
    return false;
  }

  @Override
  public boolean slows() {
    return false;
  }

  @Override
  public void cut(int from, int to) {
    throw new UnsupportedOperationException("loopback cannot be cut");
  }

  @Override
  public void heal(int from, int to) {
    throw new UnsupportedOperationException("loopback cannot be cut");
  }

  @Override
  public void slow(int host, int millis, int lossPercent) {
    throw new UnsupportedOperationException("loopback cannot be slowed");
  }

  @Override
  public void hasten(int host) {
    throw new UnsupportedOperationException("loopback cannot be slowed");
  }

  @Override
  public void close() {}
}
