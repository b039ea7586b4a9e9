package io.kneard.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher, and the check that runs the daemon's program beside it. */
@Timeout(60)
class LauncherTest {
  @TempDir Path folder;

  private Path script(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path dist() throws Exception {
    Path launcher = Path.of("src/main/launcher").toAbsolutePath();
    script("dist/lib/kneard-start", Files.readString(launcher.resolve("kneard-start")));
    return script("dist/bin/kneardctl", Files.readString(launcher.resolve("kneardctl")));
  }

  private Path java(String version) throws Exception {
    script("jdk/release", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return script("jdk/bin/java", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
  }

  private String run(int code, String javaHome, String path, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    if (javaHome != null) {
      builder.environment().put("JAVA_HOME", javaHome);
    }
    if (path != null) {
      builder.environment().put("PATH", path);
    }
    File out = folder.resolve("out").toFile();
    Process process = builder.redirectOutput(out).start();
    process.getOutputStream().close(); // nobody answers what it asks
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(code);
    return Files.readString(out.toPath());
  }

  @Test
  void itWorksThroughSymlinksAndKeepsArgumentsApart() throws Exception {
    dist();
    java("17.0.1");
    Path link = Files.createSymbolicLink(folder.resolve("a"), Path.of("dist/bin/kneardctl"));
    Files.createSymbolicLink(folder.resolve("b"), link);
    String jdk = folder.resolve("jdk").toString();
    String out = run(0, jdk, null, folder.resolve("b").toString(), "x y", "*");
    String dist = folder.resolve("dist").toRealPath().toString();
    assertThat(out)
        .contains("-Dkneard.dist=" + dist + "\n-Dkneard.terminal=false\n")
        .endsWith("io.kneard.ctl.Kneardctl\nx y\n*\n")
        .doesNotContain("SharedArchiveFile");
  }

  @Test
  void theArchiveIsUsedByTheJavaItWasMadeForOnly() throws Exception {
    String kneardctl = dist().toString();
    String java = java("17.0.1").toString();
    String jdk = folder.resolve("jdk").toString();
    String dist = folder.resolve("dist").toRealPath().toString();
    script("dist/lib/kneardctl.jsa.for", "17.0.1 " + java + " " + dist + "\n");
    assertThat(run(0, jdk, null, kneardctl)).contains("SharedArchiveFile=" + dist);
    java("17.0.2");
    assertThat(run(0, jdk, null, kneardctl)).doesNotContain("SharedArchiveFile");
  }

  @Test
  void anArchiveThatDoesNotFitIsMadeAnew() throws Exception {
    dist();
    String maker = Files.readString(Path.of("src/main/launcher/kneard-archive"));
    Path archive = script("dist/lib/kneard-archive", maker);
    script(
        "jdk/bin/java",
        "#!/bin/sh\nfor a; do case $a in -XX:SharedArchiveFile=*) echo new >\"${a#*=}\" ;; esac; done\n");
    script("jdk/release", "JAVA_VERSION=\"17.0.2\"\n");
    script("dist/lib/kneardctl.jsa", "old");
    Path madeFor = script("dist/lib/kneardctl.jsa.for", "17.0.1 elsewhere elsewhere\n");
    String jdk = folder.resolve("jdk").toString();
    assertThat(run(0, jdk, null, archive.toString(), "kneardctl")).isEmpty();
    assertThat(folder.resolve("dist/lib/kneardctl.jsa")).hasContent("new\n");
    assertThat(madeFor).content().startsWith("17.0.2 " + jdk);
  }

  @Test
  void javaIsFoundOnThePath() throws Exception {
    String kneardctl = dist().toString();
    String bin = java("21").getParent().toString();
    assertThat(run(0, null, bin + ":/usr/bin:/bin", kneardctl, "status")).endsWith("\nstatus\n");
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_392, true", "11.0.20, true", "16, true", "17, false", "25.0.1, false"})
  void aJavaThatIsTooOldIsSaidSo(String version, boolean tooOld) throws Exception {
    String kneardctl = dist().toString();
    java(version);
    String out = run(tooOld ? 1 : 0, folder.resolve("jdk").toString(), null, kneardctl);
    assertThat(out.contains("is Java " + version + ". Install Java 17 or newer")).isEqualTo(tooOld);
    assertThat(out.lines().count() == 1).isEqualTo(tooOld);
  }

  @Test
  void aMissingJavaIsSaidSo() throws Exception {
    String kneardctl = dist().toString();
    assertThat(run(1, "/nowhere", null, kneardctl))
        .isEqualTo(
            "kneardctl: JAVA_HOME is /nowhere, and there is no bin/java in it."
                + " Install Java 17 or newer, or set JAVA_HOME to one.\n");
    assertThat(run(1, null, "/nowhere", "/bin/sh", kneardctl)).contains("No java on PATH.");
  }

  private static final String FIT =
      "{\"findings\": [{\"level\": \"ok\", \"subject\": \"a\", \"message\": \"b\"}]}";

  private String checkBy(String program, int expected, String option) throws Exception {
    return offline(program, expected, "check", option);
  }

  /** With a daemon's program that does this instead. */
  private String offline(String program, int expected, String... arguments) throws Exception {
    script("dist/bin/kneard-java", "#!/bin/sh\n" + program + "\n");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java, "-Dkneard.dist=" + folder.resolve("dist"), "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), Kneardctl.class.getName()));
    command.addAll(List.of("--socket", folder.resolve("none").toString()));
    command.addAll(List.of(arguments));
    return run(expected, null, null, command.toArray(String[]::new));
  }

  @Test
  void aRecoveryIsPlannedShownAndDoneOnlyWithAYes() throws Exception {
    String plan =
        "{\"member\": \"a\", \"address\": \"1.2.3.4:5\", \"term\": 7, \"entry\": 41,"
            + " \"others\": [\"b\"]}";
    String program =
        "case \"$*\" in '--recover-cluster --json') echo '%s';; *) echo done >>%s; echo '%s';; esac"
            .formatted(
                plan,
                folder.resolve("did"),
                plan.replace("}", ", \"done\": true, \"backup\": \"/b\"}"));
    assertThat(offline(program, 1, "cluster", "recover"))
        .contains("a at 1.2.3.4:5 would go on alone", "term 7, entry 41", "Left out: b.")
        .contains("Type yes", "Nothing was changed.");
    assertThat(folder.resolve("did")).doesNotExist();
    assertThat(offline(program, 0, "cluster", "recover", "--yes"))
        .contains("a is a cluster of its own now", "/b")
        .doesNotContain("Type yes");
    assertThat(folder.resolve("did")).exists();
  }

  @Test
  void aRecoveryThatIsRefusedSaysWhy() throws Exception {
    assertThat(offline("echo '{\"problem\": \"b answers\"}'; exit 1", 1, "cluster", "recover"))
        .contains("Nothing can be recovered: b answers");
    assertThat(offline("echo no settings; exit 78", 1, "cluster", "recover"))
        .contains("It ended with 78. no settings");
  }

  @Test
  void withoutADaemonACheckRunsItsProgramAndShowsTheSame() throws Exception {
    String asksForJson = "[ \"$*\" = '--check --json' ] || exit 9; ";
    assertThat(checkBy(asksForJson + "echo '" + FIT + "'", 0, "--json=false"))
        .contains("The daemon does not run")
        .contains("ok       a  b\nfit: 0 errors, 0 warnings\n");
    assertThat(checkBy("echo '" + FIT + "'", 0, "--json=true")).contains("\"findings\":[{");
    String unfit = FIT.replace("ok", "error");
    assertThat(checkBy("echo '" + unfit + "'; exit 1", 7, "--json=false")).contains("not fit");
  }

  @Test
  void aCheckThatCouldNotRunIsNoFinding() throws Exception {
    assertThat(checkBy("echo nothing to see; exit 1", 3, "--json=false"))
        .contains("The check could not be run, it ended with 1. nothing to see");
    assertThat(checkBy("echo '{}'", 3, "--json=false")).contains("could not be run");
  }
}
