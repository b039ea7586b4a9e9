package io.kneard.drbdstandin;

import java.util.List;
import java.util.Optional;

/** {@code drbdmeta MINOR v09 DEVICE internal VERB …} */
final class Drbdmeta {
  private final Kernel kernel;

  Drbdmeta(Kernel kernel) {
    this.kernel = kernel;
  }

  String run(List<String> arguments) throws Refused {
    List<String> plain = arguments.stream().filter(one -> !one.startsWith("-")).toList();
    Disk disk =
        Optional.ofNullable(kernel.disks.get(plain.get(2)))
            .orElseThrow(() -> Refused.tool(20, plain.get(2) + ": No such file or directory"));
    boolean attached =
        kernel.resources.values().stream().anyMatch(r -> r.disk.equals(Optional.of(disk)));
    if (attached) {
      throw Refused.tool(20, "Device '%s' is configured!".formatted(plain.get(0)));
    }
    if (!disk.metadata && !plain.get(4).equals("create-md")) {
      throw Refused.tool(1, "No valid meta data found");
    }
    return switch (plain.get(4)) {
      case "create-md" -> create(disk);
      case "write-dev-uuid" -> {
        disk.id = plain.get(5);
        yield "";
      }
      case "read-dev-uuid" -> disk.id + "\n";
      case "apply-al" -> "";
      default -> throw Refused.tool(20, "unknown command " + plain.get(4));
    };
  }

  private static String create(Disk disk) throws Refused {
    if (disk.signature.isPresent()) {
      throw Refused.tool(
          40, "Found %s filesystem\nOperation refused.".formatted(disk.signature.get()));
    }
    disk.createMetadata();
    return "New drbd meta data block successfully created.\n";
  }
}
