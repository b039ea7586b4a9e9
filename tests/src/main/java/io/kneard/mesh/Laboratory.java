package io.kneard.mesh;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes mutants of the engine from its sources, and lets the search look at them. */
final class Laboratory {
  private static final String ENGINE = "io.kneard.datamesh.";
  private static final String SEARCH = "io.kneard.mesh.";

  private final Path sources;
  private final Path folder;

  /**
   * @param sources of the engine's package
   * @param folder for what is compiled; its owner removes it
   */
  Laboratory(Path sources, Path folder) {
    this.sources = sources;
    this.folder = folder;
  }

  /** How the mutant is found out; empty if it is not. */
  String firstViolation(Mutant mutant, int members, int walks) throws IOException {
    Path classes = Files.createTempDirectory(folder, "mutant");
    compile(mutant, classes);
    try (MutantClasses loader = new MutantClasses(classes)) {
      Class<?> search = loader.loadClass(MeshSearch.class.getName());
      return (String)
          search.getMethod("firstViolation", int.class, int.class).invoke(null, members, walks);
    } catch (InvocationTargetException e) {
      return String.valueOf(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void compile(Mutant mutant, Path classes) throws IOException {
    Path copy = Files.createTempDirectory(folder, "source");
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(sources)) {
      all.filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> files.add(copied(file, copy, mutant)));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("mutants need a JDK: this is a runtime without javac");
    }
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  manager,
                  null,
                  List.of("-d", classes.toString(), "-proc:none", "-nowarn"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      if (!compiled) {
        throw new IllegalStateException(mutant.name() + ": " + complaints);
      }
    }
  }

  private Path copied(Path file, Path copy, Mutant mutant) {
    try {
      Path relative = sources.relativize(file);
      String text = Files.readString(file);
      if (relative.toString().equals(mutant.file())) {
        text = mutated(text, mutant);
      }
      Path to = copy.resolve(relative);
      Files.createDirectories(to.getParent());
      return Files.writeString(to, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mutated(String text, Mutant mutant) {
    int at = text.indexOf(mutant.text());
    if (at < 0 || text.indexOf(mutant.text(), at + 1) >= 0) {
      throw new IllegalStateException(
          "%s: %s has to contain exactly once: %s"
              .formatted(mutant.name(), mutant.file(), mutant.text()));
    }
    return text.replace(mutant.text(), mutant.mistake());
  }

  /** The mutant's engine and the search come from here, all else from where it always comes. */
  private static final class MutantClasses extends URLClassLoader {
    MutantClasses(Path classes) throws IOException {
      super(
          new URL[] {
            classes.toUri().toURL(),
            MeshSearch.class.getProtectionDomain().getCodeSource().getLocation()
          },
          MeshSearch.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        boolean own = name.startsWith(ENGINE) || name.startsWith(SEARCH);
        if (loaded == null && own) {
          loaded = findClass(name);
        }
        return loaded == null ? super.loadClass(name, resolve) : loaded;
      }
    }
  }
}
