package io.kneard.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that operators read knows every state and every move, and no other. */
class StatesPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "."), "../docs/failover.md");

  /** The cells of the table that begins with this line. */
  private static List<String[]> table(String head) throws IOException {
    return Files.readAllLines(PAGE).stream()
        .dropWhile(line -> !line.equals(head))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.substring(1).split("\\|", -1))
        .toList();
  }

  private static Stream<State> states(String cell) {
    String text = cell.strip();
    return Arrays.stream(State.values())
        .filter(state -> text.equals("any") || List.of(text.split(", ")).contains(state.title()));
  }

  @Test
  void itExplainsEveryState() throws IOException {
    assertThat(table("| state | meaning |"))
        .extracting(row -> row[0].strip())
        .containsExactly(Arrays.stream(State.values()).map(State::title).toArray(String[]::new));
  }

  @Test
  void itHasTheMovesThatTheProgramAllows() throws IOException {
    Set<String> page = new TreeSet<>();
    for (String[] row : table("| from | to | when |")) {
      states(row[1])
          .forEach(
              to ->
                  states(row[0])
                      .filter(from -> from != to)
                      .forEach(from -> page.add(from + " " + to)));
    }
    Set<String> program = new TreeSet<>();
    for (State from : State.values()) {
      Arrays.stream(State.values())
          .filter(from::mayBecome)
          .forEach(to -> program.add(from + " " + to));
    }
    assertThat(page).isEqualTo(program);
  }
}
