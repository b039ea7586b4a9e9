package io.kneard.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which package may use which, and what the pure ones do not do. */
class ArchitectureTest {
  private static final String ROOT = "io.kneard.";

  /** The contract of the control socket counts as a library. */
  private static final String CONTRACT = "ctl";

  /** What each package may use, besides itself and the contract. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("cluster", Set.of("database", "dqlite", "http", "tls")),
          entry("config", Set.of("lock", "neard", "tls")),
          entry("control", Set.of("http", "metrics")),
          entry("datamesh", Set.of()),
          entry("datamesh.agent", Set.of("database", "datamesh", "datamesh.control", "drbd")),
          entry("datamesh.api", Set.of("database", "datamesh", "datamesh.control", "drbd", "http")),
          entry("datamesh.control", Set.of("database", "datamesh", "dqlite")),
          entry("database", Set.of("dqlite")),
          entry("dqlite", Set.of("tls")),
          entry("drbd", Set.of("datamesh")),
          entry("http", Set.of()),
          entry("lock", Set.of("database", "dqlite", "tls")),
          entry("maintenance", Set.of()),
          entry("metrics", Set.of()),
          entry("neard", Set.of()),
          entry(
              "operations",
              Set.of("config", "control", "lock", "maintenance", "neard", "supervisor")),
          entry("supervisor", Set.of("lock", "neard")),
          entry("tls", Set.of()));

  /** The wiring, which may use everything and is used by nobody. */
  private static final String WIRING = "daemon";

  private static final Set<String> PURE =
      Set.of(
          "datamesh",
          "datamesh.engine",
          "datamesh.intent",
          "datamesh.plan",
          "lock",
          "maintenance",
          "supervisor");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.kneard");

  @Test
  void everyPackageUsesOnlyWhatItMay() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass each : CLASSES) {
      String from = area(each);
      if (from.equals(WIRING) || from.equals(CONTRACT)) {
        continue;
      }
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        String to = area(dependency.getTargetClass());
        boolean inside = to.isEmpty() || to.equals(from) || to.equals(CONTRACT);
        if (!inside && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) {
          wrong.add(dependency.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyPackageHasItsRow() {
    Set<String> areas = new TreeSet<>();
    CLASSES.forEach(each -> areas.add(area(each)));
    assertThat(areas)
        .containsAll(MAY_USE.keySet())
        .allMatch(a -> MAY_USE.containsKey(a) || Set.of(WIRING, CONTRACT).contains(a));
  }

  @Test
  void thePurePackagesDoNoInputAndOutputAndReadNoClock() {
    noClasses()
        .that(isPure())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io", "java.net..", "java.nio..", "org.slf4j..")
        .orShould()
        .callMethodWhere(readsAClockOrMakesAThread())
        .check(CLASSES);
  }

  /** The library may end the process it is in. */
  @Test
  void onlyTheDatabasesOwnProcessCallsItsLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.kneard.dqlite.node")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "bind the library",
                each -> each.getName().matches("io\\.kneard\\.dqlite\\.node\\.(Lib|Sqlite).*")))
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> isPure() {
    return DescribedPredicate.describe(
        "are pure",
        each ->
            PURE.contains(each.getPackageName().replaceFirst("^io\\.kneard\\.", ""))
                && !each.getSimpleName().equals("SupervisorLoop"));
  }

  private static DescribedPredicate<JavaMethodCall> readsAClockOrMakesAThread() {
    return DescribedPredicate.describe(
        "reads a clock or makes a thread",
        call -> {
          String owner = call.getTargetOwner().getName();
          String name = call.getTarget().getName();
          return (owner.equals("java.lang.System") && name.matches("nanoTime|currentTimeMillis"))
              || (owner.startsWith("java.time.") && name.equals("now"))
              || owner.equals("java.lang.Thread")
              || owner.startsWith("java.util.concurrent.Executor");
        });
  }

  /**
   * The package after {@code io.kneard} if it has a row of its own, else the first part of that;
   * empty for what is not the project's.
   */
  private static String area(JavaClass each) {
    return Optional.of(each.getPackageName())
        .filter(name -> name.startsWith(ROOT))
        .map(name -> name.substring(ROOT.length()))
        .map(name -> MAY_USE.containsKey(name) ? name : name.replaceFirst("\\..*", ""))
        .orElse("");
  }
}
