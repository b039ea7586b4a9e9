package io.kneard.ctl.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.ctl.Kneardctl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManualTest {
  @TempDir Path share;

  @BeforeEach
  void write() throws IOException {
    Manual.main(new String[] {share.toString()});
  }

  private String page(String name) throws IOException {
    return Files.readString(share.resolve("man/man1").resolve(name + ".1"));
  }

  @Test
  void everyCommandHasAPageWithAllItsOptions() throws IOException {
    for (CommandLine command : Kneardctl.commandLine().getSubcommands().values()) {
      String page = page("kneardctl-" + command.getCommandName());
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(page).contains("\\fB" + option.longestName().replace("-", "\\-") + "\\fR");
      }
      assertThat(page("kneardctl"))
          .contains("\\fBkneardctl\\-" + command.getCommandName().replace("-", "\\-") + "\\fR(1)");
    }
  }

  @Test
  void aPageHasTheUsualSections() throws IOException {
    assertThat(page("kneardctl-maintenance-shutdown"))
        .startsWith(".TH \"kneardctl\\-maintenance\\-shutdown\" 1 ")
        .containsSubsequence(
            ".SH \"NAME\"", ".SH \"SYNOPSIS\"", ".SH \"OPTIONS\"", ".SH \"EXIT STATUS\"")
        .doesNotContain("%n");
    assertThat(page("kneardctl")).contains(".SH \"COMMANDS\"");
  }

  @Test
  void theCompletionOffersCommandsAndOptionsInBash() throws Exception {
    Path completion = share.resolve("bash-completion/completions/kneardctl");
    String script =
        "source '"
            + completion
            + "' && COMP_WORDS=(kneardctl sw) COMP_CWORD=1 && _complete_kneardctl"
            + " && echo \"${COMPREPLY[*]}\"";
    Path out = share.resolve("out");
    Process bash =
        new ProcessBuilder("bash", "-c", script)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(out.toFile())
            .start();
    assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(out)).isEqualTo("switchover\n");
  }
}
