package io.kneard.ctl.api.mesh;

import java.util.List;

/**
 * All about a volume.
 *
 * @param device path of its device where it is attached
 * @param size bytes it has
 * @param wantedSize bytes it is to have
 * @param layout of the promise that holds now, like {@code 3D}
 * @param goal of the promise that is wanted
 * @param stage {@code forming}, {@code seeding} or {@code formed}
 * @param revision of the mesh as it is published
 * @param votes needed: q
 * @param copies UpToDate needed: qmr
 * @param protection how well it is protected right now, in words
 * @param wantedFttBua failures to survive before I/O stops
 * @param wantedFttBdl failures to survive before data is lost
 * @param actualFttBua null if it is not known; negative: an alarm
 * @param actualFttBdl null if it is not known; negative: an alarm
 * @param settled whether everything is as it is wanted
 * @param state what there is to say, in one sentence
 * @param why how its replicas came about, in words
 * @param transitions what goes on
 * @param blocked what is wanted and does not begin, in words
 * @param waits what else is waited for, in words
 */
public record VolumeView(
    String name,
    int number,
    String device,
    boolean manual,
    boolean deleting,
    long size,
    long wantedSize,
    String layout,
    String goal,
    String topology,
    String access,
    int maxAttachments,
    String stage,
    long revision,
    int votes,
    int copies,
    boolean multiattach,
    String protection,
    int wantedFttBua,
    int wantedFttBdl,
    Integer actualFttBua,
    Integer actualFttBdl,
    boolean settled,
    String state,
    String why,
    List<ReplicaView> replicas,
    List<TransitionView> transitions,
    List<String> blocked,
    List<String> waits) {}
