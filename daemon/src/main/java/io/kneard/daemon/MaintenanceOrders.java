package io.kneard.daemon;

import io.kneard.neard.NeardMetrics;
import io.kneard.neard.NeardRpc;
import io.kneard.neard.PlannedStop;
import io.kneard.operations.MaintainedNeard;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The neard of this host, for planned stops. */
record MaintenanceOrders(NeardPlace place, NeardOrders neard) implements MaintainedNeard {
  /** Of one request: operators wait, and several follow one another. */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @Override
  public List<NeardRpc.Quiet> windows(String accountId) throws IOException {
    return neard.client().rpc().maintenanceWindows(accountId, TIMEOUT);
  }

  @Override
  public long height() throws IOException {
    return neard.client().status(TIMEOUT).height();
  }

  @Override
  public NeardMetrics metrics() throws IOException {
    return NeardMetrics.parse(neard.client().metrics(TIMEOUT));
  }

  @Override
  public void expectShutdown(PlannedStop.Form form, long height, BooleanSupplier wanted)
      throws IOException {
    neard
        .files()
        .perform(
            () -> {
              require(wanted);
              place.shutdownFiles().plan(form, height);
              neard.hangUp();
            });
  }

  @Override
  public void forgetShutdown(BooleanSupplier wanted) throws IOException {
    neard
        .files()
        .perform(
            () -> {
              require(wanted);
              neard.forgetShutdown();
            });
  }

  private static void require(BooleanSupplier wanted) throws IOException {
    if (!wanted.getAsBoolean()) {
      throw new IOException("neard has ended, or this host no longer signs");
    }
  }
}
