package io.kneard.operations;

import io.kneard.neard.NeardRpc;
import io.kneard.neard.PlannedStop;
import java.io.IOException;
import java.util.List;

/** neard, as a planned stop needs it. Every call takes a bounded time. */
public interface MaintainedNeard extends PlannedStop.Neard {
  /** When the account has nothing to produce, in what is left of the epoch. */
  List<NeardRpc.Quiet> windows(String accountId) throws IOException;

  /** Its newest block. */
  long height() throws IOException;
}
