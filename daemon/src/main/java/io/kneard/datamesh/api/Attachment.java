package io.kneard.datamesh.api;

import io.kneard.database.DatabaseUnavailable;
import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.control.HostState;
import io.kneard.datamesh.control.MeshStore;
import io.kneard.datamesh.control.VolumeDocument;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The use of a volume that only the host with the lock may use. What is wanted is stored, and comes
 * about as with any other order.
 */
public final class Attachment {
  private final MeshStore store;
  private final VolumeOrders orders;
  private final Supplier<Optional<String>> self;
  private final String volume;

  /**
   * @param self this host's name in the cluster
   * @param volume its name
   */
  public Attachment(
      MeshStore store, VolumeOrders orders, Supplier<Optional<String>> self, String volume) {
    this.store = store;
    this.orders = orders;
    this.self = self;
    this.volume = volume;
  }

  /**
   * Wants it used here, and nowhere else. A host that is not heard of is regarded as not using it
   * anymore: it does not have the lock, and without quorum nothing it writes is taken.
   *
   * @return why that cannot be ordered; empty if it is
   */
  public Optional<String> here() {
    return attempt(
        me -> {
          Optional<VolumeDocument> document = document();
          if (document.isEmpty()) {
            return;
          }
          Map<String, HostState> hosts = store.hosts();
          for (String host : users(document.get())) {
            boolean gone = Optional.ofNullable(hosts.get(host)).filter(HostState::online).isEmpty();
            boolean due = wanted(document.get(), host) || (gone && !forced(document.get(), host));
            if (!host.equals(me) && due) {
              orders.detach(volume, host, gone);
            }
          }
          if (!wanted(document.get(), me)) {
            orders.attach(volume, me);
          }
        });
  }

  /**
   * Wants it used here no longer.
   *
   * @return why that cannot be ordered; empty if it is
   */
  public Optional<String> nowhere() {
    return attempt(
        me -> {
          if (document().filter(one -> wanted(one, me)).isPresent()) {
            orders.detach(volume, me, false);
          }
        });
  }

  private interface Attempt {
    void by(String me) throws DatabaseUnavailable;
  }

  private Optional<String> attempt(Attempt what) {
    Optional<String> me = self.get();
    if (me.isEmpty()) {
      return Optional.of("this host is in no cluster");
    }
    try {
      if (document().isEmpty()) {
        return Optional.of("there is no volume " + volume);
      }
      what.by(me.get());
      return Optional.empty();
    } catch (DatabaseUnavailable | Refused e) {
      return Optional.of(e.getMessage());
    }
  }

  private Optional<VolumeDocument> document() throws DatabaseUnavailable {
    return store.volume(volume).map(stored -> stored.document());
  }

  private static boolean wanted(VolumeDocument document, String host) {
    return document.intents().stream().map(AttachIntent::node).anyMatch(host::equals);
  }

  private static boolean forced(VolumeDocument document, String host) {
    return document
        .volume()
        .mesh()
        .on(host)
        .filter(member -> document.forceDetach().contains(member.id()))
        .isPresent();
  }

  private static Set<String> users(VolumeDocument document) {
    Set<String> users = new TreeSet<>();
    document.intents().forEach(intent -> users.add(intent.node()));
    document.volume().mesh().where(Member::attached).forEach(member -> users.add(member.node()));
    return users;
  }
}
