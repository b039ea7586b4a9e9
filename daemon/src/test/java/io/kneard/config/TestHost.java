package io.kneard.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.neard.TestKeyPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A host in a temporary folder, in good order until a test changes something. */
final class TestHost {
  static final String ACCOUNT = "pool.near";

  final Path folder;
  final Path home;
  final Path binary;
  final Path validatorKey;
  final Path file;
  final TestKeyPair validator = TestKeyPair.fresh();
  final Map<String, String> environment = new HashMap<>();
  final List<String> arguments = new ArrayList<>();
  private final Map<String, StringBuilder> sections = new HashMap<>();

  TestHost(Path folder) {
    this.folder = folder;
    this.home = folder.resolve("home");
    this.binary = folder.resolve("bin/neard");
    this.validatorKey = validator.write(folder.resolve("keys/validator_key.json"), ACCOUNT);
    this.file = folder.resolve("kneard.toml");
    write(home.resolve("config.json"), "{\"rpc\": {\"addr\": \"127.0.0.1:3030\"}}");
    mode(write(binary, "#!/bin/sh\n"), "rwxr-xr-x");
    environment.put("PATH", binary.getParent().toString());
  }

  /** Writes what every host needs into the settings file. */
  TestHost ready() {
    return set("account-id", quoted(ACCOUNT))
        .set("neard.home", quoted(home))
        .set("keys.validator-key", quoted(validatorKey));
  }

  TestHost set(String path, String toml) {
    int dot = path.indexOf('.');
    sections
        .computeIfAbsent(dot < 0 ? "" : path.substring(0, dot), name -> new StringBuilder())
        .append("%s = %s\n".formatted(path.substring(dot + 1), toml));
    return this;
  }

  TestHost env(String name, Object value) {
    environment.put(name, value.toString());
    return this;
  }

  TestHost flag(String... flags) {
    arguments.addAll(List.of(flags));
    return this;
  }

  /** Both node keys, in files of their own. */
  TestHost nodeKeys() {
    return set("keys.validator-node-key", quoted(key("validator_node_key.json")))
        .set("keys.voter-node-key", quoted(key("voter_node_key.json")));
  }

  Path key(String name) {
    return TestKeyPair.fresh().write(folder.resolve("keys").resolve(name), "node");
  }

  LoadedSettings load() throws SettingsProblem {
    return read().loaded();
  }

  ReadSettings read() {
    List<String> all = new ArrayList<>(arguments);
    if (!sections.isEmpty()) {
      write(file, toml());
      all.add(0, "--config=" + file);
    }
    Invocation invocation = (Invocation) CommandLine.parse(all);
    return SettingsLoader.read(invocation, new Host(environment, Optional.of("near-1")));
  }

  Settings settings() throws SettingsProblem {
    return load().settings();
  }

  /** What the loader says is wrong. */
  String problem() {
    StringBuilder message = new StringBuilder();
    assertThatThrownBy(this::load)
        .isInstanceOf(SettingsProblem.class)
        .satisfies(e -> message.append(e.getMessage()));
    return message.toString();
  }

  private String toml() {
    String rest =
        sections.entrySet().stream()
            .filter(section -> !section.getKey().isEmpty())
            .map(section -> "[%s]\n%s".formatted(section.getKey(), section.getValue()))
            .collect(Collectors.joining());
    return sections.getOrDefault("", new StringBuilder()) + rest;
  }

  static String quoted(Object value) {
    return "\"" + value + "\"";
  }

  static Path write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path mode(Path file, String mode) {
    try {
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
