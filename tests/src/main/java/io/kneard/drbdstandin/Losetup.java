package io.kneard.drbdstandin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code losetup}: files as the disks of a stand-in kernel. The files are real and stay empty; what
 * DRBD would have written into them is in the stand-in's memory.
 */
final class Losetup {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Kernel kernel;

  Losetup(Kernel kernel) {
    this.kernel = kernel;
  }

  String run(List<String> arguments) throws Refused {
    String last = arguments.get(arguments.size() - 1);
    return switch (arguments.get(0)) {
      case "--find" -> find(last);
      case "--list" -> list(arguments.contains("--associated") ? Optional.of(last) : all());
      case "--set-capacity" -> capacity(last);
      case "--detach" -> detach(last);
      default -> throw Refused.tool(1, "losetup: not played here: " + arguments.get(0));
    };
  }

  private static Optional<String> all() {
    return Optional.empty();
  }

  private String find(String file) throws Refused {
    long size = size(file);
    if (!kernel.loops.containsValue(file)) {
      int number = 0;
      while (kernel.disks.containsKey(device(number))) {
        number++;
      }
      Disk disk = new Disk(device(number), size);
      Optional.ofNullable(kernel.images.get(file)).ifPresent(disk::takeOver);
      kernel.loops.put(device(number), file);
      kernel.disks.put(device(number), disk);
      kernel.images.put(file, disk);
    }
    return "";
  }

  private static String device(int number) {
    return "/dev/loop" + number;
  }

  private static long size(String file) throws Refused {
    try {
      return Files.size(Path.of(file));
    } catch (IOException e) {
      throw Refused.tool(1, "losetup: %s: failed to set up loop device: %s".formatted(file, e));
    }
  }

  private String list(Optional<String> file) {
    ObjectNode all = MAPPER.createObjectNode();
    ArrayNode devices = all.putArray("loopdevices");
    for (Map.Entry<String, String> loop : kernel.loops.entrySet()) {
      if (file.isEmpty() || file.get().equals(loop.getValue())) {
        devices.addObject().put("name", loop.getKey()).put("back-file", loop.getValue());
      }
    }
    return devices.isEmpty() ? "" : all.toPrettyString() + "\n";
  }

  private String capacity(String device) throws Refused {
    kernel.disks.get(device(device)).size = size(kernel.loops.get(device));
    return "";
  }

  private String detach(String device) throws Refused {
    Disk disk = kernel.disks.get(device(device));
    boolean used =
        kernel.resources.values().stream().anyMatch(r -> r.disk.filter(disk::equals).isPresent());
    if (used) {
      throw Refused.tool(
          1, "losetup: %s: detach failed: Device or resource busy".formatted(device));
    }
    String file = kernel.loops.remove(device);
    kernel.disks.remove(device);
    // Its owner removes the file next, or uses it again with what is on it.
    kernel.images.put(file, disk);
    return "";
  }

  private String device(String device) throws Refused {
    if (!kernel.loops.containsKey(device)) {
      throw Refused.tool(1, "losetup: %s: No such device or address".formatted(device));
    }
    return device;
  }
}
