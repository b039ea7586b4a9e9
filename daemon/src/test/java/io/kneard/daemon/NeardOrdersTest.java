package io.kneard.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.neard.HomeLock;
import io.kneard.neard.KeySlot;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Order;
import io.kneard.supervisor.Role;
import java.io.IOException;
import java.nio.file.Files;
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

  @Test
  void aHomeThatAnotherNeardUsesIsNotTouched() throws Exception {
    Path home = home();
    Path slot = Files.writeString(home.resolve("key"), "the other one's");
    Path lock = home.resolve(".kneard.lock");
    Process other = new ProcessBuilder("flock", lock.toString(), "sleep", "60").start();
    try {
      await().until(() -> !new HomeLock(lock).isFree(Duration.ZERO));
      orders = orders(home);
      orders.start(new Order.StartNeard(Role.STANDBY, Optional.empty()));
      assertThat(why()).contains("an earlier neard is still running: " + lock);
      assertThat(slot).hasContent("the other one's");
    } finally {
      other.descendants().forEach(ProcessHandle::destroyForcibly);
      other.destroyForcibly();
    }
  }

  @Test
  void aHomeThatLooksForItsKeyElsewhereByNowIsRefused() throws Exception {
    Path home = home();
    Files.writeString(home.resolve("config.json"), "{\"validator_key_file\": \"elsewhere.json\"}");
    orders = orders(home);
    orders.start(new Order.StartNeard(Role.STANDBY, Optional.empty()));
    assertThat(why()).contains("validator_key_file = " + home.resolve("elsewhere.json"));
  }

  private Path home() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(home.resolve("config.json"), "{\"validator_key_file\": \"key\"}");
    return home;
  }

  private String why() throws InterruptedException {
    return ((Event.NeardExited) told.poll(30, TimeUnit.SECONDS)).why();
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
