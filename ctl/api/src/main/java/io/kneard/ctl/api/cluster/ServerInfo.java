package io.kneard.ctl.api.cluster;

import java.util.List;

/**
 * What {@code GET /core/1.0} says.
 *
 * @param name empty while the host is in no cluster
 * @param address of its API; empty while the host is in no cluster
 * @param version the daemon's
 * @param ready whether start-up is complete
 * @param extensions of the API
 */
public record ServerInfo(
    String name, String address, String version, boolean ready, List<String> extensions) {}
