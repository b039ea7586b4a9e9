package io.kneard.drbdstandin;

import java.util.List;
import java.util.Optional;

/** What {@code drbdsetup} asks of the kernel of one host. */
final class Drbdsetup {
  private static final int SECTOR = 512;

  private final Hosts hosts;
  private final Kernel kernel;

  Drbdsetup(Hosts hosts, Kernel kernel) {
    this.hosts = hosts;
    this.kernel = kernel;
  }

  /** The tool's answer. */
  String run(Call call) throws Refused {
    if (call.verb().equals("status") || call.verb().equals("show")) {
      return shown(call);
    }
    switch (call.verb()) {
      case "xml-help" -> {
        return "<command name=\"%s\">\n</command>\n".formatted(call.at(0));
      }
      case "new-resource" -> newResource(call);
      case "new-minor" -> newMinor(call);
      case "attach", "detach", "disk-options", "resize", "new-current-uuid", "invalidate" ->
          new DiskRequests(hosts, kernel).run(call);
      case "down" -> down(call.at(0));
      default -> ofResource(call, resource(call.at(0)));
    }
    return "";
  }

  private String shown(Call call) throws Refused {
    Shown shown = new Shown(hosts, kernel);
    boolean asText = call.verb().equals("status") && !call.has("json");
    if (call.plain().isEmpty()) {
      List<Resource> all = List.copyOf(kernel.resources.values());
      if (call.verb().equals("show")) {
        return Shown.setup(all);
      }
      return asText ? new Told(hosts, kernel).text(all) : shown.status(all);
    }
    Optional<Resource> one = Optional.ofNullable(kernel.resources.get(call.at(0)));
    if (call.verb().equals("show")) {
      return Shown.setup(one.stream().toList());
    }
    Resource there = one.orElseThrow(() -> Refused.tool(10, call.at(0) + ": No such resource"));
    return asText ? new Told(hosts, kernel).text(List.of(there)) : shown.status(List.of(there));
  }

  private void ofResource(Call call, Resource r) throws Refused {
    switch (call.verb()) {
      case "resource-options" -> {
        r.options.putAll(call.options());
        hosts.settle(r.name);
      }
      case "primary" -> new Roles(hosts, kernel, r).primary(call.has("force"));
      case "secondary" -> new Roles(hosts, kernel, r).secondary(call.has("force"));
      case "suspend-io" -> r.suspendedByUser = true;
      case "resume-io" -> r.suspendedByUser = false;
      default -> new PeerRequests(hosts, kernel, r).run(call);
    }
  }

  private Resource resource(String name) throws Refused {
    return Optional.ofNullable(kernel.resources.get(name))
        .orElseThrow(() -> Refused.request(name, 158, "Unknown resource"));
  }

  private void newResource(Call call) throws Refused {
    if (kernel.resources.containsKey(call.at(0))) {
      throw Refused.request(call.at(0), 174, "Already exists");
    }
    Resource r = new Resource(call.at(0), call.number(1));
    r.options.putAll(call.options());
    kernel.resources.put(r.name, r);
  }

  private void newMinor(Call call) throws Refused {
    Resource r = resource(call.at(0));
    boolean taken =
        kernel.resources.values().stream()
            .anyMatch(other -> other.minor.equals(Optional.of(call.number(1))));
    if (taken || r.minor.isPresent()) {
      throw Refused.request(call.at(0), 161, "Minor or volume exists already");
    }
    r.minor = Optional.of(call.number(1));
    r.client = call.has("diskless");
  }

  private void down(String name) throws Refused {
    Resource r = kernel.resources.get(name);
    if (r == null) {
      return;
    }
    if (r.open) {
      throw Refused.change(name, -12, "Device is held open by someone");
    }
    r.primary = false;
    for (Peer peer : List.copyOf(r.peers.values())) {
      new PeerRequests(hosts, kernel, r).leave(peer, true);
    }
    kernel.resources.remove(name);
  }

  static long sectors(String size) {
    return Long.parseLong(size.replaceFirst("s$", "")) * SECTOR;
  }
}
