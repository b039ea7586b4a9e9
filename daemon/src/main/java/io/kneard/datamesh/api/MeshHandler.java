package io.kneard.datamesh.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.Problem;
import io.kneard.ctl.api.mesh.ClassWish;
import io.kneard.ctl.api.mesh.ExportView;
import io.kneard.ctl.api.mesh.HostWish;
import io.kneard.ctl.api.mesh.MeshRoutes;
import io.kneard.ctl.api.mesh.ReplicaWish;
import io.kneard.ctl.api.mesh.SizeWish;
import io.kneard.ctl.api.mesh.VolumeLine;
import io.kneard.ctl.api.mesh.VolumeWish;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.datamesh.control.HostState;
import io.kneard.datamesh.control.MeshStore;
import io.kneard.datamesh.control.Stored;
import io.kneard.http.Answer;
import io.kneard.http.Call;
import io.kneard.http.Handler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link VolumeOrders} and {@link Views} in the form of {@link MeshRoutes}. */
public final class MeshHandler implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(MeshHandler.class);
  private static final String JSON = "application/json";

  /** Volumes that are read at once for the list. */
  private static final int BATCH = 200;

  private final MeshStore store;
  private final VolumeOrders orders;
  private final int firstMinor;
  private final Path devices;
  private final InstantSource clock;

  /**
   * @param firstMinor of this host's devices
   * @param devices where they are found by the names of volumes
   */
  public MeshHandler(
      MeshStore store, VolumeOrders orders, int firstMinor, Path devices, InstantSource clock) {
    this.store = store;
    this.orders = orders;
    this.firstMinor = firstMinor;
    this.devices = devices;
    this.clock = clock;
  }

  /** Whether a path is about volumes. */
  public static boolean owns(String path) {
    return isOrBelow(path, MeshRoutes.VOLUMES)
        || isOrBelow(path, MeshRoutes.HOSTS)
        || isOrBelow(path, MeshRoutes.CLASSES);
  }

  private static boolean isOrBelow(String path, String root) {
    return path.equals(root) || path.startsWith(root + "/");
  }

  @Override
  public Answer answer(Call call) {
    try {
      return json(200, perform(call));
    } catch (Refused e) {
      return json(e.status(), e.problem());
    } catch (DatabaseUnavailable e) {
      return refusal(503, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", call.method(), call.path(), e);
      return refusal(500, "a mistake in the daemon; its log has more");
    }
  }

  private Object perform(Call call) throws DatabaseUnavailable {
    List<String> path =
        Arrays.stream(call.path().substring("/v1/".length()).split("/", -1))
            .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
            .toList();
    return switch (path.get(0)) {
      case "hosts" -> hosts(call, path);
      case "classes" -> classes(call, path);
      default -> volumes(call, path);
    };
  }

  private Object classes(Call call, List<String> path) throws DatabaseUnavailable {
    Classes classes = new Classes(store);
    if (path.size() == 1) {
      only(call, "GET", "POST");
      return call.method().equals("GET")
          ? classes.list()
          : classes.create(body(call, ClassWish.class));
    }
    require(path.size() == 2, call);
    only(call, "PATCH");
    return classes.set(path.get(1), body(call, ClassWish.class));
  }

  private Object hosts(Call call, List<String> path) throws DatabaseUnavailable {
    if (path.size() == 1) {
      only(call, "GET");
      return store.hosts().values().stream().map(Views::host).toList();
    }
    require(path.size() == 2, call);
    only(call, "PATCH");
    return Views.host(orders.host(path.get(1), body(call, HostWish.class)));
  }

  private Object volumes(Call call, List<String> path) throws DatabaseUnavailable {
    if (path.size() == 1) {
      only(call, "GET", "POST");
      return call.method().equals("GET")
          ? list()
          : view(orders.create(body(call, VolumeWish.class)));
    }
    String name = path.get(1);
    if (path.size() == 2) {
      return volume(call, name);
    }
    String part = "/" + path.get(2);
    String host = path.size() > 3 ? path.get(3) : "";
    require(path.size() <= 4, call);
    switch (part) {
      case MeshRoutes.SIZE -> {
        only(call, "PUT");
        return view(orders.resize(name, body(call, SizeWish.class).size()));
      }
      case MeshRoutes.EXPORT -> {
        only(call, "GET");
        return export(name);
      }
      case MeshRoutes.REPLICAS -> {
        require(path.size() == 4, call);
        only(call, "PUT", "DELETE");
        return view(
            call.method().equals("PUT")
                ? orders.replica(name, host, body(call, ReplicaWish.class))
                : orders.removeReplica(name, host, force(call)));
      }
      case MeshRoutes.ATTACHMENTS -> {
        only(call, "PUT", "DELETE");
        return view(
            call.method().equals("PUT")
                ? orders.attach(name, host)
                : orders.detach(name, host, force(call)));
      }
      default -> throw Refused.unknown("no such path: " + call.path());
    }
  }

  private Object volume(Call call, String name) throws DatabaseUnavailable {
    only(call, "GET", "PATCH", "DELETE");
    return switch (call.method()) {
      case "PATCH" -> view(orders.set(name, body(call, VolumeWish.class)));
      case "DELETE" -> view(orders.delete(name));
      default -> view(stored(name));
    };
  }

  private Stored stored(String name) throws DatabaseUnavailable {
    Optional<Stored> stored = store.volume(name);
    return stored.orElseThrow(() -> Refused.unknown("there is no volume " + name));
  }

  private Object view(Stored stored) throws DatabaseUnavailable {
    return Views.volume(stored, store.hosts(), clock.instant(), devices);
  }

  private List<VolumeLine> list() throws DatabaseUnavailable {
    Map<String, HostState> hosts = store.hosts();
    List<VolumeLine> lines = new ArrayList<>();
    List<Stored> some = store.volumes("", BATCH);
    while (!some.isEmpty()) {
      some.forEach(stored -> lines.add(Views.line(stored, hosts, clock.instant())));
      String last = some.get(some.size() - 1).name();
      some = some.size() < BATCH ? List.of() : store.volumes(last, BATCH);
    }
    return lines;
  }

  private ExportView export(String name) throws DatabaseUnavailable {
    return new ExportView(name, Export.of(stored(name), store.hosts(), firstMinor));
  }

  private static boolean force(Call call) {
    return call.query().matches("(.*&)?force=1(&.*)?");
  }

  private static void require(boolean known, Call call) {
    if (!known) {
      throw Refused.unknown("no such path: " + call.path());
    }
  }

  private static void only(Call call, String... methods) {
    if (!List.of(methods).contains(call.method())) {
      throw Refused.method(
          "%s %s: only %s".formatted(call.method(), call.path(), String.join(", ", methods)));
    }
  }

  private static <T> T body(Call call, Class<T> type) {
    try {
      byte[] json = call.body().length == 0 ? new byte[] {'{', '}'} : call.body();
      T value = ControlJson.get().readValue(json, type);
      if (value == null) {
        throw Refused.wrong("body: a JSON object is wanted, not null");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw Refused.wrong("body: %s as JSON is wanted".formatted(type.getSimpleName()));
    } catch (IOException e) {
      throw Refused.wrong("body: " + e.getMessage());
    }
  }

  @Override
  public Answer refusal(int status, String message) {
    String code =
        switch (status) {
          case 403 -> Problem.FORBIDDEN;
          case 413 -> Problem.TOO_LARGE;
          case 503 -> Problem.BUSY;
          default -> status < 500 ? Problem.BAD_REQUEST : Problem.INTERNAL;
        };
    return json(status, new Problem(code, message));
  }

  private static Answer json(int status, Object value) {
    try {
      return Answer.text(status, JSON, ControlJson.get().writeValueAsString(value) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value, e);
    }
  }
}
