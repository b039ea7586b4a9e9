package io.kneard.datamesh.control;

import java.security.SecureRandom;
import java.util.function.Supplier;

/** Draws what tells one replica's disk from every other: 16 hexadecimal digits, not all zero. */
public final class DeviceIds implements Supplier<String> {
  private final SecureRandom random = new SecureRandom();

  @Override
  public String get() {
    long drawn = random.nextLong();
    return drawn == 0 ? get() : "%016X".formatted(drawn);
  }
}
