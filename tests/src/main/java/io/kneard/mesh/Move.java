package io.kneard.mesh;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.MemberType;
import java.util.Optional;

/** Something that happens to a mesh. */
sealed interface Move {
  void happen(MeshWorld world);

  /** The engine decides and the decision is stored. */
  record Decide() implements Move {
    @Override
    public void happen(MeshWorld world) {
      world.decide();
    }
  }

  /** The controller dies between deciding and storing. */
  record DecideInVain() implements Move {
    @Override
    public void happen(MeshWorld world) {
      world.decision();
    }
  }

  /** A host gets to what is published. */
  record Apply(int host) implements Move {
    @Override
    public void happen(MeshWorld world) {
      world.apply(host);
    }
  }

  /** All hosts but one get to it. */
  record ApplyAllBut(int host) implements Move {
    @Override
    public void happen(MeshWorld world) {
      for (int id = 0; id < MeshWorld.HOSTS; id++) {
        if (id != host) {
          world.apply(id);
        }
      }
    }
  }

  /** A resync comes to its end, if one could. */
  record Sync(int host) implements Move {
    @Override
    public void happen(MeshWorld world) {
      world.sync(host);
    }
  }

  record Crash(int host) implements Move {
    @Override
    public void happen(MeshWorld world) {
      world.crash(host);
    }
  }

  /** Somebody says that this host is dead, whether it is or not. */
  record GiveUp(int host) implements Move {
    @Override
    public void happen(MeshWorld world) {
      world.giveUp(host);
    }
  }

  record Start(int host) implements Move {
    @Override
    public void happen(MeshWorld world) {
      world.start(host);
    }
  }

  record Cut(int group) implements Move {
    @Override
    public void happen(MeshWorld world) {
      world.cut(group);
    }
  }

  record Heal() implements Move {
    @Override
    public void happen(MeshWorld world) {
      world.heal();
    }
  }

  /** A replica is to be of this type, or to go. */
  record Want(int host, Optional<MemberType> type) implements Move {
    @Override
    public void happen(MeshWorld world) {
      world.want(host, type);
    }
  }

  record Configure(Configuration configuration) implements Move {
    @Override
    public void happen(MeshWorld world) {
      world.configure(configuration);
    }
  }

  record Use(int host) implements Move {
    @Override
    public void happen(MeshWorld world) {
      world.use(host);
    }
  }

  record StopUsing(int host) implements Move {
    @Override
    public void happen(MeshWorld world) {
      world.stopUsing(host);
    }
  }
}
