package io.kneard.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.neard.KeySlot;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Order;
import io.kneard.supervisor.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every order is answered: the supervisor asks nothing twice before it has an answer. */
class NeardOrdersTest {
  @TempDir Path folder;
  private final BlockingQueue<Event> told = new LinkedBlockingQueue<>();
  private NeardOrders orders;

  @AfterEach
  void close() {
    orders.close();
  }

  @Test
  void aLookAtStatusThatBreaksInAnUnforeseenWayIsAFailedLook() throws Exception {
    orders = orders(folder);
    orders.askStatus(); // there never was a neard, and so there is no client that could ask
    assertThat(next()).isInstanceOf(Event.StatusFailed.class);
    orders.askStatus();
    assertThat(next()).isInstanceOf(Event.StatusFailed.class);
  }

  @Test
  void aNeardThatCannotBeStartedHasEnded() throws Exception {
    orders = orders(folder.resolve("nowhere"));
    orders.start(new Order.StartNeard(Role.STANDBY, Optional.empty()));
    assertThat(next()).isInstanceOf(Event.NeardExited.class);
  }

  private NeardOrders orders(Path home) {
    NeardPlace place =
        new NeardPlace(
            folder.resolve("no-fence"),
            "no-neard",
            home,
            Optional.empty(),
            new KeySlot(folder.resolve("no-key"), home.resolve("key"), "ed25519:none"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());
    return new NeardOrders(place, Duration.ofSeconds(1), told::add, why -> {});
  }

  private Event next() throws InterruptedException {
    return told.poll(10, TimeUnit.SECONDS);
  }
}
