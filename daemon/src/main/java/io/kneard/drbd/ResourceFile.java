package io.kneard.drbd;

import io.kneard.datamesh.Address;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A mesh as a file for {@code drbdadm}: for taking over by hand. It is the same for every host, as
 * that tool wants it.
 */
public final class ResourceFile {
  private final StringBuilder text = new StringBuilder();
  private int depth;

  private ResourceFile() {}

  /**
   * The file's text.
   *
   * @param minor of the device, on every host
   * @param disk device node of a member's backing volume
   */
  public static String of(String volume, Mesh mesh, int minor, Function<Member, String> disk) {
    ResourceFile file = new ResourceFile();
    file.open("resource \"" + Target.resourceName(volume) + "\"");
    file.options(mesh);
    mesh.members().forEach(member -> file.host(member, minor, disk));
    file.connections(mesh);
    file.close();
    return file.text.toString();
  }

  private void options(Mesh mesh) {
    open("options");
    line("quorum " + mesh.q());
    line(Options.COPIES + " " + (mesh.qmr() > 1 ? mesh.qmr() : Options.OFF));
    Options.ofResource().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(option -> line(option.getKey() + " " + option.getValue()));
    close();
    open("net");
    line("protocol C");
    line("rr-conflict retry-connect");
    line("allow-two-primaries " + Options.yesNo(mesh.multiattach()));
    close();
  }

  private void host(Member member, int minor, Function<Member, String> disk) {
    boolean attached = member.type().diskAttached();
    open("on \"" + member.node() + "\"");
    line("node-id " + member.id());
    open("volume 0");
    line("device minor " + minor);
    line("disk " + (attached ? "\"" + disk.apply(member) + "\"" : "none"));
    if (attached) {
      line("meta-disk internal");
    }
    if (member.type().settled() == MemberType.SHADOW_DISKFUL && attached) {
      open("disk");
      line("non-voting yes");
      close();
    }
    close();
    close();
  }

  private void connections(Mesh mesh) {
    List<Member> members = mesh.members();
    for (int i = 0; i < members.size(); i++) {
      for (Member other : members.subList(i + 1, members.size())) {
        Member one = members.get(i);
        if (one.type().fullMesh() || other.type().fullMesh()) {
          connection(one, other);
        }
      }
    }
  }

  private void connection(Member one, Member other) {
    List<List<Address>> paths = new ArrayList<>();
    for (Address here : one.addresses()) {
      other.addresses().stream()
          .filter(there -> there.network().equals(here.network()))
          .forEach(there -> paths.add(List.of(here, there)));
    }
    open("connection");
    for (List<Address> path : paths) {
      open("path");
      line(end(one, path.get(0)));
      line(end(other, path.get(1)));
      close();
    }
    boolean counts = counts(one) && counts(other);
    if (!counts) {
      open("net");
      line("allow-remote-read no");
      close();
    }
    if (!(one.type().fullMesh() && other.type().fullMesh())) {
      open("volume 0");
      open("disk");
      line("bitmap no");
      close();
      close();
    }
    close();
  }

  private static boolean counts(Member member) {
    return member.type().voter() || member.type() == MemberType.TIE_BREAKER;
  }

  private static String end(Member member, Address address) {
    String family = address.ip().contains(":") ? "ipv6" : "ipv4";
    return "host \"%s\" address %s %s".formatted(member.node(), family, Endpoint.of(address));
  }

  private void open(String what) {
    indent().append(what).append(" {\n");
    depth++;
  }

  private void line(String what) {
    indent().append(what).append(";\n");
  }

  private void close() {
    depth--;
    indent().append("}\n");
  }

  private StringBuilder indent() {
    return text.append("    ".repeat(depth));
  }
}
