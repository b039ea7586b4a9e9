package io.kneard.drbd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Backing volumes on LVM. A tag with the replica's id is the mark that it is the replica's. */
final class LvmStorage implements Storage {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PREFIX = "kneard-";
  private static final String TAG = "kneard.id.";

  private final Pool pool;
  private final String group;
  private final Tools tools;

  LvmStorage(Pool pool, Tools tools) {
    this.pool = pool;
    this.tools = tools;
    this.group = pool instanceof Pool.LvmThin thin ? thin.group() : thick(pool).group();
  }

  private static Pool.LvmThick thick(Pool pool) {
    return (Pool.LvmThick) pool;
  }

  @Override
  public Optional<Backing> find(Replica replica) throws StorageProblem, InterruptedException {
    for (JsonNode volume : list(Tool.LVS, "lv", "lv_name,lv_path,lv_size,lv_tags", group)) {
      boolean named = volume.path("lv_name").asText().equals(name(replica));
      if (named && marked(volume, replica)) {
        return Optional.of(
            new Backing(volume.path("lv_path").asText(), bytes(volume.path("lv_size"))));
      }
      if (named) {
        throw new StorageProblem(
            "logical volume %s/%s was not made for this replica (no tag %s): it is left alone"
                .formatted(group, name(replica), TAG + replica.deviceId()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void create(Replica replica, long bytes) throws StorageProblem, InterruptedException {
    List<Object> arguments = new ArrayList<>(List.of("--name", name(replica)));
    arguments.addAll(List.of("--addtag", TAG + replica.deviceId()));
    arguments.addAll(List.of("--wipesignatures", "y", "--yes"));
    if (pool instanceof Pool.LvmThin thin) {
      arguments.addAll(List.of("--virtualsize", bytes + "b", "--thinpool", thin.pool(), group));
    } else {
      arguments.addAll(List.of("--size", bytes + "b", group));
    }
    run(Command.of(Tool.LVCREATE, Command.DISK, arguments.toArray()));
  }

  @Override
  public void grow(Replica replica, long bytes) throws StorageProblem, InterruptedException {
    Backing now = known(replica);
    if (now.size() < bytes) {
      run(Command.of(Tool.LVEXTEND, Command.DISK, "--size", bytes + "b", now.path()));
    }
  }

  @Override
  public void remove(Replica replica) throws StorageProblem, InterruptedException {
    Optional<Backing> now = find(replica);
    if (now.isPresent()) {
      run(Command.of(Tool.LVREMOVE, Command.DISK, "--yes", now.get().path()));
    }
  }

  @Override
  public long free() throws StorageProblem, InterruptedException {
    if (pool instanceof Pool.LvmThin thin) {
      return freeOfThin(thin);
    }
    return list(Tool.VGS, "vg", "vg_free", group).stream()
        .mapToLong(one -> bytes(one.path("vg_free")))
        .sum();
  }

  private long freeOfThin(Pool.LvmThin thin) throws StorageProblem, InterruptedException {
    for (JsonNode one : list(Tool.LVS, "lv", "lv_size,data_percent", group + "/" + thin.pool())) {
      double used = one.path("data_percent").asDouble();
      return (long) (bytes(one.path("lv_size")) * (100 - used) / 100);
    }
    return 0;
  }

  private Backing known(Replica replica) throws StorageProblem, InterruptedException {
    return find(replica)
        .orElseThrow(
            () ->
                new StorageProblem("logical volume %s/%s is gone".formatted(group, name(replica))));
  }

  private List<JsonNode> list(Tool tool, String what, String columns, String of)
      throws StorageProblem, InterruptedException {
    Ran ran =
        run(
            Command.of(
                tool,
                Command.SHORT,
                "--reportformat",
                "json",
                "--units",
                "b",
                "--nosuffix",
                "--options",
                columns,
                of));
    try {
      List<JsonNode> all = new ArrayList<>();
      MAPPER.readTree(ran.out()).path("report").path(0).path(what).forEach(all::add);
      return all;
    } catch (IOException e) {
      throw new StorageProblem("%s: unreadable answer".formatted(tool.program()), e);
    }
  }

  private Ran run(Command command) throws StorageProblem, InterruptedException {
    Ran ran = tools.run(command);
    if (!ran.succeeded()) {
      throw new StorageProblem("pool %s: %s".formatted(pool.name(), ran.problem(command)));
    }
    return ran;
  }

  private static boolean marked(JsonNode volume, Replica replica) {
    return Arrays.asList(volume.path("lv_tags").asText().split(",", -1))
        .contains(TAG + replica.deviceId());
  }

  private static long bytes(JsonNode text) {
    return text.asLong();
  }

  private static String name(Replica replica) {
    return PREFIX + replica.volume();
  }
}
