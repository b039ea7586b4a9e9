package io.kneard.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Of a test that fails, keeps the last lines of every log below its temporary folders, before those
 * are removed: in {@code target/evidence}, which {@code tests/run} prints at its end. JUnit finds
 * it by itself, for all tests of this module with real parts.
 */
public final class Evidence
    implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {
  private static final Path KEPT = Path.of("target/evidence");
  private static final int LINES = 15;
  private static final int LONGEST_LINE = 240;
  private static final int DEEPEST = 8;

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    keepAndThrow(context, failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    keepAndThrow(context, failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    keepAndThrow(context, failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    keepAndThrow(context, failure);
  }

  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    keepAndThrow(context, failure);
  }

  private static void keepAndThrow(ExtensionContext context, Throwable failure) throws Throwable {
    try {
      keep(context, failure);
    } catch (IOException | UncheckedIOException | ReflectiveOperationException e) {
      failure.addSuppressed(e);
    }
    throw failure;
  }

  private static void keep(ExtensionContext context, Throwable failure)
      throws IOException, ReflectiveOperationException {
    Class<?> test = context.getRequiredTestClass();
    String name = test.getSimpleName() + "." + context.getDisplayName().replaceAll("\\W", "");
    StringBuilder text = new StringBuilder(name + ": " + failure + "\n");
    for (Path folder : folders(context, test)) {
      for (Path log : logs(folder)) {
        text.append("-- ").append(folder.relativize(log)).append('\n').append(end(log));
      }
    }
    Files.createDirectories(KEPT);
    Files.writeString(KEPT.resolve(name + ".txt"), text);
  }

  private static List<Path> folders(ExtensionContext context, Class<?> test)
      throws ReflectiveOperationException {
    List<Field> fields =
        ReflectionSupport.findFields(
            test,
            field ->
                field.getType() == Path.class
                    && AnnotationSupport.isAnnotated(field, TempDir.class),
            HierarchyTraversalMode.TOP_DOWN);
    List<Path> found = new ArrayList<>();
    for (Field field : fields) {
      boolean ofClass = Modifier.isStatic(field.getModifiers());
      if (ofClass || context.getTestInstance().isPresent()) {
        field.setAccessible(true);
        Object value = field.get(ofClass ? null : context.getRequiredTestInstance());
        if (value instanceof Path folder && Files.isDirectory(folder)) {
          found.add(folder);
        }
      }
    }
    return found;
  }

  private static List<Path> logs(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
      return all.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  private static String end(Path log) throws IOException {
    // Not as UTF-8: what is no text is shown as well.
    List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
        .map(line -> line.substring(0, Math.min(LONGEST_LINE, line.length())) + "\n")
        .collect(Collectors.joining());
  }
}
