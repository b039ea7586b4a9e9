package io.kneard.mesh;

import io.kneard.datamesh.engine.Engine;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  String firstViolation(Mutant mutant) throws IOException {
    Path classes = Files.createTempDirectory(folder, "mutant");
    compile(mutant, classes);
    try (MutantClasses loader = new MutantClasses(classes)) {
      return (String)
          loader
              .loadClass(Habitat.class.getName())
              .getMethod("firstViolation", String.class, int.class, String.class)
              .invoke(null, mutant.habitat().name(), mutant.members(), mutant.first());
    } catch (InvocationTargetException e) {
      return String.valueOf(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Only the one file: what it says to the others stays the same. */
  private void compile(Mutant mutant, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("mutants need a JDK: this is a runtime without javac");
    }
    Path original = sources.resolve(mutant.file());
    Path file = Files.createTempDirectory(folder, "source").resolve(original.getFileName());
    Files.writeString(file, mutated(Files.readString(original), mutant));
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  manager,
                  null,
                  List.of("-d", classes.toString(), "-cp", engine(), "-proc:none", "-nowarn"),
                  null,
                  manager.getJavaFileObjects(file))
              .call();
      if (!compiled) {
        throw new IllegalStateException(mutant.name() + ": " + complaints);
      }
    }
  }

  private static String engine() {
    return Path.of(URI.create(place(Engine.class).toString())).toString();
  }

  private static URL place(Class<?> of) {
    return of.getProtectionDomain().getCodeSource().getLocation();
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

  /** The mutant, the rest of the engine and the search are loaded anew, all else is shared. */
  private static final class MutantClasses extends URLClassLoader {
    MutantClasses(Path classes) throws IOException {
      super(
          new URL[] {classes.toUri().toURL(), place(Engine.class), place(MeshSearch.class)},
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
