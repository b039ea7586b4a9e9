package io.kneard.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A neard home as an operator would have it. */
public final class NeardHome {
  private final Path folder;
  private final int port = FreePort.next();

  /** Makes the folder and what neard needs in it. */
  public NeardHome(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("config.json"),
        """
        {
          // the port that the daemon asks
          "rpc": {"addr": "0.0.0.0:%d"},
          "tracked_shards": [0], /* all of it */
          "unknown_to_us": {"expected_shutdown": 1}
        }
        """
            .formatted(port));
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** Where neard looks for its validator key. */
  public Path slot() {
    return folder.resolve("validator_key.json");
  }

  /** Sets what goes wrong; {@code {}} for nothing. */
  public void faults(String json) throws IOException {
    Path fresh = folder.resolve("faults.new");
    Files.writeString(fresh, json);
    Files.move(
        fresh,
        folder.resolve("faults.json"),
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /** A start script for the stand-in, which takes neard's own arguments. */
  public Path standIn(Path ledger) throws IOException {
    Path script = folder.resolve("neard");
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec '%s/bin/java' -Xmx24m -Xss256k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto \
          -Dstandin.ledger='%s' -cp '%s' io.kneard.standin.NeardStandIn "$@"
        """
            .formatted(
                System.getProperty("java.home"), ledger, System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(
        script, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }
}
