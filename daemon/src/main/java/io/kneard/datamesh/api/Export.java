package io.kneard.datamesh.api;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.control.HostFacts.PoolFacts;
import io.kneard.datamesh.control.HostState;
import io.kneard.datamesh.control.Stored;
import io.kneard.datamesh.control.VolumeDocument;
import io.kneard.drbd.ResourceFile;
import java.util.Map;
import java.util.Optional;

/** A volume as a file for drbdadm, for taking over by hand. */
final class Export {
  private Export() {}

  static String of(Stored stored, Map<String, HostState> hosts, int firstMinor) {
    VolumeDocument document = stored.document();
    if (document.volume().mesh().members().isEmpty()) {
      throw Refused.notNow("volume %s has no members yet".formatted(stored.name()));
    }
    return ResourceFile.of(
        stored.name(),
        document.volume().mesh(),
        firstMinor + document.number(),
        member -> path(document, hosts, member));
  }

  private static String path(VolumeDocument document, Map<String, HostState> hosts, Member member) {
    String id = document.on(member.node()).map(document::disk).orElseThrow().deviceId();
    Optional<PoolFacts> pool =
        member
            .pool()
            .flatMap(
                name ->
                    Optional.ofNullable(hosts.get(member.node()))
                        .flatMap(host -> host.facts().pool(name)));
    return pool.map(one -> one.pathOf(document.volume().name(), id))
        .orElseThrow(
            () ->
                Refused.notNow(
                    "%s has not said where its pool %s lies"
                        .formatted(member.node(), member.pool().orElse("(none)"))));
  }
}
