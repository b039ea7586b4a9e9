package io.kneard.config;

import io.kneard.neard.ConfigJson;
import io.kneard.neard.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the keys are there, are keys, belong to the account and are nobody else's to read; and
 * that putting them into neard's home will lose none that lies there.
 */
final class KeyChecks {
  private static final String NODE_KEY = "node_key.json";

  private final Values values;
  private final Map<Key<?>, Given> given;
  private final Optional<Path> credentials;
  private final List<Complaint> complaints = new ArrayList<>();
  private final Optional<KeyFile> validator;

  KeyChecks(Values values, Map<Key<?>, Given> given, Host host) {
    this.values = values;
    this.given = given;
    this.credentials = host.credentials();
    this.validator = read(Keys.VALIDATOR_KEY);
    Optional<KeyFile> validatorNode = read(Keys.VALIDATOR_NODE_KEY);
    Optional<KeyFile> voterNode = read(Keys.VOTER_NODE_KEY);
    account();
    if (validatorNode.isPresent() && voterNode.isPresent()) {
      nodeKeys(validatorNode.get(), voterNode.get());
    }
    values.find(Keys.HOME).filter(Files::isDirectory).ifPresent(this::validatorSlot);
  }

  List<Complaint> complaints() {
    return complaints;
  }

  /** The validator key, if its file can be used. */
  Optional<KeyFile> validator() {
    return validator;
  }

  private Optional<KeyFile> read(Key<Path> key) {
    Optional<Path> file = values.find(key);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      KeyFile read = KeyFile.readChecked(file.get());
      Secrecy.problem(file.get(), credentials).ifPresent(wish -> refuse(key, wish));
      return Optional.of(read);
    } catch (IOException e) {
      refuse(key, Secrecy.why(file.get(), e));
      return Optional.empty();
    }
  }

  private void account() {
    if (validator.isEmpty()) {
      return;
    }
    String inFile = validator.get().accountId();
    if (values.find(Keys.ACCOUNT_ID).filter(id -> !id.equals(inFile)).isPresent()) {
      refuse(
          Keys.ACCOUNT_ID,
          "the account of the validator key, which is %s in %s"
              .formatted(inFile.isEmpty() ? "missing" : inFile, values.get(Keys.VALIDATOR_KEY)));
    }
  }

  private void validatorSlot(Path home) {
    Path config = home.resolve("config.json");
    if (!Files.isRegularFile(config)) {
      refuse(
          Keys.HOME,
          "no config.json there; make a home with `neard --home %s init`".formatted(home));
      return;
    }
    Path slot;
    try {
      slot = new ConfigJson(config).validatorKeyFile();
    } catch (IOException e) {
      refuse(Keys.HOME, "%s: %s".formatted(config, Secrecy.why(config, e)));
      return;
    }
    boolean refused =
        values.find(Keys.VALIDATOR_KEY).isPresent() && liesInSlot(Keys.VALIDATOR_KEY, slot);
    if (validator.isPresent() && !refused && Files.exists(slot)) {
      foreign(slot, List.of(validator.get()), Keys.VALIDATOR_KEY);
    }
  }

  private void nodeKeys(KeyFile validatorNode, KeyFile voterNode) {
    if (validatorNode.publicKey().equals(voterNode.publicKey())) {
      refuse(
          Keys.VOTER_NODE_KEY,
          "another key than keys.validator-node-key: two hosts with one node key disturb each"
              + " other");
    }
    Path slot =
        values.find(Keys.HOME).map(home -> home.resolve(NODE_KEY)).orElse(Path.of(NODE_KEY));
    boolean inSlot =
        Stream.of(Keys.VALIDATOR_NODE_KEY, Keys.VOTER_NODE_KEY)
                .filter(key -> liesInSlot(key, slot))
                .count()
            > 0;
    // A link, as the original leaves one, can be replaced without losing what it points to.
    if (inSlot || !Files.isRegularFile(slot, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    foreign(slot, List.of(validatorNode, voterNode), Keys.VOTER_NODE_KEY);
  }

  /** The slot is emptied and overwritten: a file that is to be kept cannot live there. */
  private boolean liesInSlot(Key<Path> key, Path slot) {
    try {
      Path file = values.get(key);
      boolean same =
          file.equals(slot.normalize())
              || (Files.isRegularFile(slot, LinkOption.NOFOLLOW_LINKS)
                  && Files.exists(file)
                  && Files.isSameFile(file, slot));
      if (same) {
        refuse(
            key,
            "a file elsewhere: this one is neard's own, which is removed and replaced as the role"
                + " of this host changes; move it, for example to /etc/kneard/keys");
      }
      return same;
    } catch (IOException e) {
      refuse(key, Secrecy.why(slot, e));
      return true;
    }
  }

  private void foreign(Path slot, List<KeyFile> ours, Key<?> key) {
    try {
      String there = KeyFile.read(slot).publicKey();
      if (ours.stream().noneMatch(own -> own.publicKey().equals(there))) {
        refuse(
            Keys.HOME,
            "%s holds the key %s, which is not that of %s and would be lost: move it away"
                .formatted(slot, there, key));
      }
    } catch (IOException e) {
      refuse(
          Keys.HOME,
          "%s, which may be a key and would be lost: %s; move it away"
              .formatted(slot, Secrecy.why(slot, e)));
    }
  }

  private void refuse(Key<?> key, String wish) {
    complaints.add(Complaint.aboutFile(key, given.get(key), wish));
  }
}
