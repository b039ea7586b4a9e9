package io.kneard.drbd;

import java.nio.file.Path;

/** Where a host's backing volumes lie. */
public sealed interface Pool {
  /** Its name towards the cluster. */
  String name();

  /** Where a backing volume is, with {@code VOLUME} and {@code ID} in place of those. */
  String path();

  /** A volume group of LVM; each backing volume takes its whole size at once. */
  record LvmThick(String name, String group) implements Pool {
    @Override
    public String path() {
      return "/dev/%s/kneard-VOLUME".formatted(group);
    }
  }

  /** A thin pool of LVM; blocks are taken when they are written, and read as zeroes before. */
  record LvmThin(String name, String group, String pool) implements Pool {
    @Override
    public String path() {
      return "/dev/%s/kneard-VOLUME".formatted(group);
    }
  }

  /** Files in a folder, on loop devices: for trials. */
  record Files(String name, Path folder) implements Pool {
    @Override
    public String path() {
      return folder.resolve("VOLUME.ID.disk").toString();
    }
  }
}
