package io.kneard.datamesh.api;

import io.kneard.ctl.api.mesh.ClassView;
import io.kneard.ctl.api.mesh.ClassWish;
import io.kneard.ctl.api.mesh.VolumeWish;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.datamesh.control.MeshStore;
import io.kneard.datamesh.control.Stored;
import io.kneard.datamesh.intent.VolumeClass;
import io.kneard.datamesh.intent.Wish;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Classes of volumes, as they are ordered and shown. */
record Classes(MeshStore store) {
  /** Nothing said, so that everything is as usual. */
  private static final VolumeWish NOTHING =
      new VolumeWish(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  List<ClassView> list() throws DatabaseUnavailable {
    List<VolumeClass> all = List.copyOf(store.classes().values());
    ClassView[] views = new ClassView[all.size()];
    for (int i = 0; i < views.length; i++) {
      views[i] = view(all.get(i));
    }
    return List.of(views);
  }

  ClassView create(ClassWish asked) throws DatabaseUnavailable {
    String name = VolumeOrders.name(asked.name());
    return put(
        name,
        asked,
        before -> {
          if (before.isPresent()) {
            throw Refused.notNow("class %s: there is one already".formatted(name));
          }
        });
  }

  ClassView set(String name, ClassWish asked) throws DatabaseUnavailable {
    if (asked.name() != null) {
      throw Refused.wrong("name: not to be changed");
    }
    return put(
        name,
        asked,
        before -> {
          if (before.isEmpty()) {
            throw Refused.unknown("there is no class " + name);
          }
        });
  }

  private interface Check {
    void of(Optional<VolumeClass> before);
  }

  private ClassView put(String name, ClassWish asked, Check check) throws DatabaseUnavailable {
    VolumeWish volumes = asked.volumes() == null ? NOTHING : asked.volumes();
    if (volumes.name() != null
        || volumes.size() != null
        || volumes.manual() != null
        || volumes.volumeClass() != null
        || volumes.replicas() != null) {
      throw Refused.wrong("name, size, volume_class, manual, replicas: not of a class");
    }
    return view(
        store.putClass(
            name,
            before -> {
              check.of(before);
              return next(name, before, asked, volumes);
            }));
  }

  private static VolumeClass next(
      String name, Optional<VolumeClass> before, ClassWish asked, VolumeWish volumes) {
    Wish wish =
        before
            .map(one -> Wishes.changed(one.wish(), volumes))
            .orElseGet(() -> Wishes.fresh(volumes));
    boolean same = before.filter(one -> one.wish().equals(wish)).isPresent();
    long revision = before.map(VolumeClass::revision).orElse(0L) + (same ? 0 : 1);
    boolean existing =
        asked.existing() == null
            ? before.map(VolumeClass::existing).orElse(true)
            : asked.existing();
    int inFlight =
        asked.inFlight() == null
            ? before.map(VolumeClass::inFlight).orElse(VolumeClass.IN_FLIGHT)
            : asked.inFlight();
    try {
      return new VolumeClass(
          name,
          revision,
          wish.goal(),
          wish.patience(),
          wish.hosts(),
          wish.pool(),
          existing,
          inFlight);
    } catch (IllegalArgumentException e) {
      throw Refused.wrong(e.getMessage());
    }
  }

  /** The class of this name. */
  VolumeClass one(String name) throws DatabaseUnavailable {
    return Optional.ofNullable(store.classes().get(name))
        .orElseThrow(() -> Refused.unknown("there is no class " + name));
  }

  private ClassView view(VolumeClass one) throws DatabaseUnavailable {
    List<Stored> followers = store.following(one.name());
    long behind =
        followers.stream().filter(stored -> !stored.document().wish().equals(one.wish())).count();
    String how = one.existing() ? "%d of %d have yet to change" : "%d of %d keep what they had";
    return new ClassView(
        one.name(),
        one.revision(),
        Words.layout(one.configuration()),
        Words.of(one.configuration().topology()),
        Words.of(one.configuration().volumeAccess()),
        one.configuration().maxAttachments(),
        List.copyOf(new TreeSet<>(one.hosts())),
        one.pool().orElse(null),
        one.existing(),
        one.inFlight(),
        followers.size(),
        behind == 0 ? "all have the latest" : how.formatted(behind, followers.size()));
  }
}
