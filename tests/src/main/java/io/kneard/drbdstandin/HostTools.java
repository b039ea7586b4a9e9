package io.kneard.drbdstandin;

import io.kneard.drbd.Command;
import io.kneard.drbd.Ran;
import io.kneard.drbd.Tool;
import io.kneard.drbd.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The tools of one host: every command is answered by its stand-in kernel. */
public final class HostTools implements Tools {
  private final Hosts hosts;
  private final Kernel kernel;
  private final List<String> log = new ArrayList<>();
  private Predicate<String> killedBefore = line -> false;

  /** The agent is killed before it runs a command. */
  public static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param when as in "before COMMAND"
     */
    public Killed(String when) {
      super("killed " + when);
    }
  }

  public HostTools(Hosts hosts, String host) {
    this.hosts = hosts;
    this.kernel = hosts.kernel(host);
  }

  /** From now on whoever runs such a command dies before it is run. */
  public void killBefore(Predicate<String> which) {
    killedBefore = which;
  }

  /** Every command that was run and may have changed something. */
  public List<String> changes() {
    return log.stream()
        .filter(line -> !line.contains(" show ") && !line.contains(" status "))
        .filter(line -> !line.contains("read-dev-uuid") && !line.startsWith("blkid"))
        .filter(line -> !line.contains("losetup --list") && !line.contains("--version"))
        .filter(line -> !line.contains(" xml-help "))
        .toList();
  }

  @Override
  public Ran run(Command command) {
    synchronized (hosts) {
      if (killedBefore.test(command.toString())) {
        throw new Killed("before " + command);
      }
      log.add(command.toString());
      if (kernel.hangs > 0 || !kernel.works()) {
        kernel.hangs--;
        return new Ran(Ran.Ending.HUNG, -1, "", "");
      }
      return answer(command.tool(), command.arguments());
    }
  }

  /** The same for a command line. */
  public Ran run(String program, List<String> arguments) {
    synchronized (hosts) {
      log.add(program + " " + String.join(" ", arguments));
      if (kernel.hangs > 0 || !kernel.works()) {
        kernel.hangs--;
        return new Ran(Ran.Ending.HUNG, -1, "", "");
      }
      for (Tool tool : Tool.values()) {
        if (tool.program().equals(program)) {
          return answer(tool, arguments);
        }
      }
      return new Ran(Ran.Ending.NOT_STARTED, -1, "", "no stand-in for " + program);
    }
  }

  private Ran answer(Tool tool, List<String> arguments) {
    try {
      String out =
          switch (tool) {
            case DRBDSETUP -> new Drbdsetup(hosts, kernel).run(Call.of(arguments));
            case DRBDMETA -> new Drbdmeta(kernel).run(arguments);
            case BLKID -> probe(arguments.get(arguments.size() - 1));
            case DRBDADM -> versions();
            case LOSETUP -> new Losetup(kernel).run(arguments);
            case LVS, VGS, LVCREATE, LVEXTEND, LVREMOVE ->
                throw Refused.tool(127, tool.program() + ": not there");
          };
      return new Ran(Ran.Ending.EXITED, 0, out, "");
    } catch (Refused e) {
      return new Ran(Ran.Ending.EXITED, e.exit(), "", e.getMessage() + "\n");
    }
  }

  private String versions() {
    return "DRBDADM_VERSION=9.31.0\nDRBD_KERNEL_VERSION=%s\n".formatted(hosts.version());
  }

  private String probe(String path) throws Refused {
    Disk disk = kernel.disks.get(path);
    if (disk == null || disk.signature.isEmpty()) {
      throw Refused.tool(2, "");
    }
    return "TYPE=" + disk.signature.get() + "\n";
  }
}
