package io.kneard.drbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.SyncProgress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The readers against everything that was recorded of real DRBD. */
class CapturesTest {
  private static final Set<String> KNOWN_VERBS =
      Set.of("exists", "create", "change", "destroy", "call", "response", "rename", "-");

  @Test
  void everyRecordedStatusIsRead() throws Unreadable {
    Map<String, String> files = Captures.ending(".status.json");
    assertThat(files.size()).isGreaterThan(200);
    Set<String> roles = new TreeSet<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      for (Status status : StatusReader.read(file.getValue())) {
        roles.add(status.role());
        assertThat(status.devices()).as(file.getKey()).isNotEmpty();
        assertThat(status.devices())
            .as(file.getKey())
            .allMatch(device -> device.diskState() != DiskState.UNKNOWN)
            .allMatch(device -> device.sizeKib().isPresent());
      }
    }
    assertThat(roles).containsExactly("Primary", "Secondary");
  }

  /** Two ways of the tool to say the same; a few pairs were taken in the middle of a change. */
  @Test
  void statusAndEventsSayTheSame() throws Unreadable {
    int same = 0;
    Set<String> different = new TreeSet<>();
    for (Map.Entry<String, String> file : Captures.ending(".status.json").entrySet()) {
      String events =
          Captures.file(file.getKey().replace("status.json", "events2-now-statistics.txt"))
              .orElseThrow();
      Map<String, String> fromStatus = states(StatusReader.read(file.getValue()));
      if (fromStatus.equals(states(events))) {
        same++;
      } else {
        different.add(file.getKey());
      }
    }
    assertThat(different).as("%d are the same", same).hasSizeLessThan(8);
    assertThat(same).isGreaterThan(220);
  }

  private static Map<String, String> states(List<Status> all) {
    Map<String, String> states = new TreeMap<>();
    for (Status status : all) {
      String name = status.resource();
      states.put(name, status.role());
      status.devices().forEach(device -> states.put(name + "/" + device.volume(), device.disk()));
      for (Status.Connection connection : status.connections()) {
        String peer = name + ":" + connection.peer();
        states.put(peer, connection.state());
        connection
            .devices()
            .forEach(device -> states.put(peer + "/" + device.volume(), device.disk()));
      }
    }
    return states;
  }

  private static Map<String, String> states(String events) {
    Map<String, String> states = new TreeMap<>();
    for (String line : events.lines().toList()) {
      EventLine event = EventLine.of(line).orElseThrow(() -> new AssertionError(line));
      Map<String, String> fields = event.fields();
      String name = fields.get("name");
      String peer = name + ":" + fields.get("peer-node-id");
      switch (event.object()) {
        case "resource" -> states.put(name, fields.get("role"));
        case "device" -> states.put(name + "/" + fields.get("volume"), fields.get("disk"));
        case "connection" -> states.put(peer, fields.get("connection"));
        case "peer-device" ->
            states.put(peer + "/" + fields.get("volume"), fields.get("peer-disk"));
        default -> assertThat(event.object()).isIn("path", "-");
      }
    }
    return states;
  }

  @Test
  void everyRecordedEventIsUnderstood() {
    int lines = 0;
    for (Map.Entry<String, String> file : Captures.with("events2").entrySet()) {
      for (String line : file.getValue().lines().filter(one -> !one.isBlank()).toList()) {
        EventLine event =
            EventLine.of(line).orElseThrow(() -> new AssertionError(file.getKey() + ": " + line));
        assertThat(event.verb()).as(line).isIn(KNOWN_VERBS);
        boolean aboutAll = event.caughtUp() || event.verb().equals("-");
        assertThat(event.resource().isPresent()).as(line).isNotEqualTo(aboutAll);
        lines++;
      }
    }
    assertThat(lines).isGreaterThan(3000);
  }

  @Test
  void aRecordedSetUpIsRead() throws Unreadable {
    String json = shownIn("drbd-9.3.3/commands.log");
    Setup setup = SetupReader.read(json, "r0").orElseThrow();
    assertThat(setup.nodeId()).isZero();
    assertThat(setup.options())
        .containsEntry("auto-promote", "no")
        .containsEntry("quorum", "majority");
    assertThat(setup.quorum()).isEmpty();
    assertThat(setup.device().orElseThrow().backing()).contains("/dev/vda");
    assertThat(setup.peer(1).orElseThrow().paths())
        .containsExactly(new Setup.Path("10.77.0.11:7789", "10.77.0.12:7789"));
    assertThat(setup.peer(2).orElseThrow().disk()).containsEntry("bitmap", "no");
    assertThat(SetupReader.read(json, "r1")).isEmpty();
  }

  private static String shownIn(String log) {
    String text = Captures.file(log).orElseThrow();
    int start = text.indexOf('[', text.indexOf("drbdsetup show r0 --json"));
    return text.substring(start, text.indexOf("[rc=", start));
  }

  @Test
  void bothFormsOfSeveralPathsAreRead() throws Unreadable {
    List<Setup.Path> two =
        List.of(
            new Setup.Path("10.0.0.1:7000", "10.0.0.2:7000"),
            new Setup.Path("[fd00::1]:7000", "[fd00::2]:7000"));
    String head =
        "[{\"resource\":\"r\",\"_this_host\":{\"node-id\":0,\"volumes\":[]},\"connections\":[{";
    String old =
        "\"path\":{\"_this_host\":\"ipv4 10.0.0.1:7000\",\"_remote_host\":\"ipv4 10.0.0.2:7000\"},"
            + "\"path\":{\"_this_host\":\"ipv6 [fd00::1]:7000\","
            + "\"_remote_host\":\"ipv6 [fd00::2]:7000\"},";
    String now =
        "\"paths\":[{\"this_host\":{\"address\":\"10.0.0.1\",\"port\":7000,\"family\":\"ipv4\"},"
            + "\"remote_host\":{\"address\":\"10.0.0.2\",\"port\":7000,\"family\":\"ipv4\"}},"
            + "{\"this_host\":{\"address\":\"fd00::1\",\"port\":7000,\"family\":\"ipv6\"},"
            + "\"remote_host\":{\"address\":\"fd00::2\",\"port\":7000,\"family\":\"ipv6\"}}],";
    for (String form : List.of(old, now)) {
      Setup setup = SetupReader.read(head + form + "\"_peer_node_id\":1}]}]", "r").orElseThrow();
      assertThat(setup.peer(1).orElseThrow().paths()).isEqualTo(two);
    }
  }

  @Test
  void howFarAResyncIsIsSaidByWhoIsBroughtUpToDate() throws Unreadable {
    String folder = "drbd-9.2.18/04-primary-force-initial-sync-running/";
    assertThat(progress(folder + "n2.status.json"))
        .containsExactly(new SyncProgress(48, Optional.of(8L)));
    assertThat(progress(folder + "n1.status.json")).isEmpty();
  }

  private static List<SyncProgress> progress(String file) throws Unreadable {
    Status status = StatusReader.read(Captures.file(file).orElseThrow(), "r0").orElseThrow();
    return Observed.peers(status).stream().flatMap(peer -> peer.progress().stream()).toList();
  }

  @Test
  void everyStatusThatIsCutShortIsUnreadable() {
    for (String text : Captures.ending("n1.status.json").values()) {
      String json = text.strip();
      for (int length = 0; length < json.length(); length += 37) {
        String cut = json.substring(0, length);
        assertThatThrownBy(() -> StatusReader.read(cut)).isInstanceOf(Unreadable.class);
      }
    }
  }

  @Test
  void garbageIsUnreadableOrHarmless() {
    Random random = new Random(7);
    String json =
        Captures.ending("05-all-uptodate-n1-primary/n1.status.json").values().iterator().next();
    Set<Class<?>> thrown = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(json);
      for (int n = 0; n < 3; n++) {
        text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(95)));
      }
      try {
        StatusReader.read(text.toString());
      } catch (Unreadable e) {
        thrown.add(e.getClass());
      }
      EventLine.of(text.substring(random.nextInt(text.length())));
    }
    assertThat(thrown).containsExactly(Unreadable.class);
    for (String text : List.of("", "null", "{}", "[1]", "[{}]", "[]x", "[[]]", "\u0000")) {
      assertThatThrownBy(() -> StatusReader.read(text)).isInstanceOf(Unreadable.class);
      assertThatThrownBy(() -> SetupReader.read(text)).isInstanceOf(Unreadable.class);
    }
  }

  @Test
  void unknownFieldsDoNotMatterAndUnknownStatesAreNotGuessedAt() throws Unreadable {
    String text =
        "[{\"name\":\"r\",\"node-id\":0,\"role\":\"Primary\",\"new\":{\"a\":[1]},\"devices\":["
            + "{\"volume\":0,\"minor\":1,\"disk-state\":\"Shiny\",\"quorum\":true,\"open\":true}]}]";
    Status.Device device = StatusReader.read(text, "r").flatMap(Status::device).orElseThrow();
    assertThat(device.diskState()).isEqualTo(DiskState.UNKNOWN);
    assertThat(device.disk()).isEqualTo("Shiny");
    assertThat(device.open()).isEqualTo(Optional.of(true));
  }

  @Test
  void refusalsAreTakenByTheirNumber() {
    String log = Captures.file("drbd-9.3.3/commands.log").orElseThrow();
    Set<Integer> numbers = new TreeSet<>();
    log.lines()
        .filter(line -> line.contains("Failure: (") || line.contains("State change failed: ("))
        .forEach(line -> numbers.add(Refusal.of(line).number()));
    assertThat(numbers).containsExactly(-25, -14, -12, -2, -1, 158);
    assertThat(Refusal.of("r0: State change failed: (-12) whatever").kind())
        .isEqualTo(Refusal.Kind.IN_USE);
    assertThat(Refusal.of("r0: Failure: (158) Unknown resource").kind())
        .isEqualTo(Refusal.Kind.ABSENT);
    assertThat(Refusal.of("nothing of the kind").number()).isZero();
  }
}
