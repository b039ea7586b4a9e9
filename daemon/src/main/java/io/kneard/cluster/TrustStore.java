package io.kneard.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members this host trusts: a YAML file for each, and the same in memory. What is in memory
 * holds; a folder that cannot be read, or is empty, never wipes it.
 */
final class TrustStore {
  private static final Logger LOG = LoggerFactory.getLogger(TrustStore.class);
  private static final String SUFFIX = ".yaml";

  /** Far more than one member's name, address and certificate. */
  private static final long LARGEST_FILE = 64 * 1024;

  private final Path folder;
  private Map<String, TrustedMember> members = new TreeMap<>();
  private Map<X509Certificate, TrustedMember> byCertificate = Map.of();
  private String seen = "";

  /** Whether the folder has what is in memory; what was not written is written the next time. */
  private boolean written = true;

  TrustStore(Path folder) {
    this.folder = folder;
  }

  synchronized List<TrustedMember> members() {
    return List.copyOf(members.values());
  }

  /** Whose certificate it is, if it is trusted and valid now. */
  synchronized Optional<TrustedMember> owner(X509Certificate certificate, Instant now) {
    boolean valid =
        !now.isBefore(certificate.getNotBefore().toInstant())
            && !now.isAfter(certificate.getNotAfter().toInstant());
    return valid ? Optional.ofNullable(byCertificate.get(certificate)) : Optional.empty();
  }

  synchronized Optional<TrustedMember> find(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** All certificates in one text. */
  synchronized String pem() {
    return members.values().stream()
        .map(member -> Certificates.pem(member.x509()))
        .collect(Collectors.joining());
  }

  /**
   * Trusts just these; what cannot be written is still in force, and tried again the next time.
   *
   * @return whether that is a change
   */
  synchronized boolean replace(Collection<TrustedMember> wanted) throws IOException {
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("trust store: at least one member is wanted");
    }
    Map<String, TrustedMember> next = new TreeMap<>();
    wanted.forEach(member -> next.put(member.name(), member));
    boolean change = !next.equals(members);
    if (!change && written) {
      return false;
    }
    Map<String, TrustedMember> before = written ? members : Map.of();
    hold(next);
    written = false;
    write(next, before);
    written = true;
    seen = stamp();
    return change;
  }

  private void write(Map<String, TrustedMember> next, Map<String, TrustedMember> before)
      throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (Path file : files()) {
      if (!next.containsKey(file.getFileName().toString().replaceFirst("\\.yaml$", ""))) {
        Files.delete(file);
      }
    }
    for (TrustedMember member : next.values()) {
      if (!member.equals(before.get(member.name())) || !Files.exists(file(member.name()))) {
        StateFolder.replace(file(member.name()), StateFolder.YAML.writeValueAsString(member));
      }
    }
  }

  synchronized void add(TrustedMember member) throws IOException {
    Map<String, TrustedMember> next = new TreeMap<>(members);
    next.put(member.name(), member);
    replace(next.values());
  }

  synchronized void remove(String name) throws IOException {
    Map<String, TrustedMember> next = new TreeMap<>(members);
    if (next.remove(name) != null && !next.isEmpty()) {
      replace(next.values());
    }
  }

  /**
   * Reads the folder if it has changed.
   *
   * @return whether other members are trusted now
   */
  synchronized boolean look() {
    if (!written) {
      return false; // what is there is half of what holds
    }
    try {
      String now = stamp();
      if (now.equals(seen)) {
        return false;
      }
      seen = now; // whatever comes of it, it is said once
      Map<String, TrustedMember> read = read();
      if (read.isEmpty() || read.equals(members)) {
        if (read.isEmpty() && !members.isEmpty()) {
          LOG.warn("{} is empty: the members known so far stay trusted", folder);
        }
        return false;
      }
      hold(read);
      LOG.info("trust store: {}", read.keySet());
      return true;
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{}: {}; the members known so far stay trusted", folder, e.getMessage());
      return false;
    }
  }

  private void hold(Map<String, TrustedMember> next) {
    members = next;
    byCertificate =
        next.values().stream()
            .collect(Collectors.toMap(TrustedMember::x509, member -> member, (one, two) -> one));
  }

  private Map<String, TrustedMember> read() throws IOException {
    Map<String, TrustedMember> read = new TreeMap<>();
    for (Path file : files()) {
      try {
        if (Files.size(file) > LARGEST_FILE) {
          throw new IOException("it is too large");
        }
        TrustedMember member =
            StateFolder.YAML.readValue(Files.readString(file), TrustedMember.class);
        read.put(member.name(), member);
      } catch (IOException | RuntimeException e) {
        throw new IOException(
            file.getFileName() + " cannot be read; name, address and certificate are wanted", e);
      }
    }
    return read;
  }

  /** Names, times and sizes: changes with every edit. */
  private String stamp() throws IOException {
    StringBuilder stamp = new StringBuilder();
    for (Path file : files()) {
      stamp
          .append(file.getFileName())
          .append(' ')
          .append(Files.getLastModifiedTime(file).toMillis())
          .append(' ')
          .append(Files.size(file))
          .append('\n');
    }
    return stamp.toString();
  }

  private List<Path> files() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().endsWith(SUFFIX)
                      && !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }
}
