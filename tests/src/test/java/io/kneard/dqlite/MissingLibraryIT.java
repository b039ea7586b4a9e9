package io.kneard.dqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, because where the library is found is the same for all nodes of this process. */
@Isolated
class MissingLibraryIT {
  @Test
  void withoutItsLibraryTheNodeNamesThePackageToInstall() throws IOException {
    try (TestNode node = TestNode.alone().awaitRunning()) {
      node.stop();
      System.setProperty("dqlite.library", "libdqlite-not-there.so.0");
      try {
        node.start();
        assertThat(node.awaitOffline().why())
            .contains("libdqlite-not-there.so.0 is missing", "install Debian's package libdqlite0");
      } finally {
        System.clearProperty("dqlite.library");
      }
    }
  }
}
