package io.kneard.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The table of keys, the annotated file and the documentation say the same. After a change of the
 * table, {@code -Dkneard.write-docs=true} writes the two anew.
 */
class KeyDocumentsTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
  private static final Path TOML = ROOT.resolve("config/kneard.toml");
  private static final Path PAGE = ROOT.resolve("docs/configuration.md");
  private static final String BEGIN = "<!-- keys: begin, written from the table of keys -->\n";
  private static final String END = "<!-- keys: end -->";
  private static final boolean WRITE = Boolean.getBoolean("kneard.write-docs");

  @Test
  void theAnnotatedFileIsThatOfTheTable() throws IOException {
    if (WRITE) {
      Files.writeString(TOML, KeyDocuments.toml());
    }
    assertThat(TOML).hasContent(KeyDocuments.toml());
  }

  @Test
  void theDocumentationIsThatOfTheTable() throws IOException {
    String page = Files.readString(PAGE);
    String wanted =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + KeyDocuments.markdown()
            + page.substring(page.indexOf(END));
    if (WRITE) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(PAGE).hasContent(wanted);
  }

  @Test
  void asItIsShippedTheFileSetsNothing() throws IOException {
    Layer shipped = TomlLayer.read(TOML, Files.readString(TOML));
    assertThat(shipped.complaints()).isEmpty();
    assertThat(shipped.given()).isEmpty();
  }

  @Test
  void withEveryKeyUncommentedTheFileIsUnderstoodAndSaysTheDefaults() throws IOException {
    String all =
        Pattern.compile("^#(?=[a-z])", Pattern.MULTILINE)
            .matcher(Files.readString(TOML))
            .replaceAll("");
    Layer layer = TomlLayer.read(TOML, all);
    assertThat(layer.complaints()).isEmpty();
    assertThat(layer.given().keySet()).isEqualTo(Set.copyOf(Keys.ALL));
    for (Key<?> key : Keys.ALL) {
      Given given = layer.given().get(key);
      assertThat(new Values().read(key, given)).as(key.path()).isEqualTo(Optional.empty());
      if (!key.preset().texts().isEmpty()) {
        assertThat(given.texts()).as(key.path()).isEqualTo(key.preset().texts());
      }
      assertThat(((Origin.File) given.origin()).line()).as(key.path()).isPositive();
    }
  }

  @Test
  void namesAreUniqueAndOfOneKind() {
    List<Key<?>> all = Keys.ALL;
    assertThat(all.stream().map(Key::path)).doesNotHaveDuplicates();
    assertThat(all.stream().map(Key::variable)).doesNotHaveDuplicates();
    assertThat(all.stream().flatMap(key -> key.original().stream())).doesNotHaveDuplicates();
    assertThat(all.stream().map(Key::path))
        .allMatch(path -> path.matches("([a-z]+\\.)?[a-z]+(-[a-z]+)*"));
    assertThat(all.stream().map(Key::section)).allMatch(Keys.SECTIONS::containsKey);
  }
}
