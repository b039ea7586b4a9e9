package io.kneard.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A certificate authority and its certificates, made by Consul's own commands. */
public final class ConsulPki {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;

  private ConsulPki(Path folder) {
    this.folder = folder;
  }

  /** Makes an authority, a server's certificate for localhost, and a client's. */
  public static ConsulPki create(Path folder) throws IOException, InterruptedException {
    ConsulPki pki = new ConsulPki(Files.createDirectories(folder));
    pki.consul("ca", "create");
    pki.consul("cert", "create", "-server");
    pki.consul("cert", "create", "-client");
    return pki;
  }

  private void consul(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "cd \"$0\" && exec \"$@\"",
                folder.toString(),
                Checkout.part("consul"),
                "tls"));
    command.addAll(List.of(arguments));
    try (Child child = Child.start(folder.resolve("tls.log"), Map.of(), command)) {
      if (child.exit(PATIENCE).orElse(-1) != 0) {
        throw new IOException(command + ":\n" + Files.readString(folder.resolve("tls.log")));
      }
    }
  }

  /** The authority's certificate. */
  public Path ca() {
    return folder.resolve("consul-agent-ca.pem");
  }

  /** The client's certificate. */
  public Path clientCertificate() {
    return folder.resolve("dc1-client-consul-0.pem");
  }

  /** The client's key. */
  public Path clientKey() {
    return folder.resolve("dc1-client-consul-0-key.pem");
  }

  /** Settings of a server that serves HTTPS on that port, too. */
  public String server(int httpsPort, boolean clientsHaveToShowACertificate) {
    return """
        {"ca_file": "%s", "cert_file": "%s", "key_file": "%s", "verify_incoming": %s,
         "ports": {"https": %d}, "addresses": {"https": "127.0.0.1 127.0.0.2"}}
        """
        .formatted(
            ca(),
            folder.resolve("dc1-server-consul-0.pem"),
            folder.resolve("dc1-server-consul-0-key.pem"),
            clientsHaveToShowACertificate,
            httpsPort);
  }
}
