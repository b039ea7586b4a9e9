package io.kneard.ctl.api.mesh;

import java.util.List;

/**
 * A class of volumes.
 *
 * @param layout of its promise, like {@code 3D (FTT-BDL=1, FTT-BUA=1)}
 * @param hosts that may have replicas; empty: all
 * @param pool for disks; null: whichever has most room
 * @param volumes that follow it
 * @param state how far its latest change is, in words
 */
public record ClassView(
    String name,
    long revision,
    String layout,
    String topology,
    String access,
    int maxAttachments,
    List<String> hosts,
    String pool,
    boolean existing,
    int inFlight,
    int volumes,
    String state) {}
