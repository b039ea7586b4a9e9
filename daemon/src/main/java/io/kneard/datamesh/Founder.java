package io.kneard.datamesh;

import java.util.Optional;

/** A replica that takes part in the formation of a volume, as a member of this type. */
public record Founder(int replica, MemberType type, Optional<String> pool) {}
