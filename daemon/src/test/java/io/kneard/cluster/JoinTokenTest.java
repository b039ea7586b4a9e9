package io.kneard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JoinTokenTest {
  private static final JoinToken TOKEN =
      new JoinToken(JoinToken.newSecret(), "ab12", List.of("10.0.0.1:9443", "10.0.0.2:9443"));

  @Test
  void whatWasHandedOverIsReadAgain() {
    assertThat(JoinToken.decode(TOKEN.encode())).isEqualTo(TOKEN);
    assertThat(JoinToken.decode(TOKEN.encode() + "\n")).isEqualTo(TOKEN);
  }

  @Test
  void aTokenThatWasCutOffIsRefusedWithoutRepeatingIt() {
    String cut = TOKEN.encode().substring(0, 60);
    assertThatThrownBy(() -> JoinToken.decode(cut))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a whole token")
        .hasMessageNotContaining(TOKEN.secret().substring(0, 8))
        .hasNoCause();
    for (String text : new String[] {null, "", "e30=", "bnVsbA==", "%%%"}) {
      assertThatThrownBy(() -> JoinToken.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aTokenDoesNotShowItsSecret() {
    assertThat(TOKEN.toString()).doesNotContain(TOKEN.secret());
    assertThat(JoinToken.hash(TOKEN.secret())).hasSize(64).isNotEqualTo(TOKEN.secret());
  }

  @Test
  void namesAreHostNames() {
    for (String good : List.of("near-1", "a", "near-1.example.com", "1")) {
      assertThat(MemberName.check(good)).isEqualTo(good);
    }
    for (String bad :
        List.of("", "invalid_name", "_invalid", "invalid_", "invalid.", ".invalid", "a/b", "..")) {
      assertThatThrownBy(() -> MemberName.check(bad)).hasMessageContaining("valid FQDN");
    }
  }

  @Test
  void theDatabaseListensOnTheNextPort() {
    assertThat(NodeAddress.of("10.0.0.1:9443")).isEqualTo("10.0.0.1:9444");
    assertThat(NodeAddress.of("[fd00::1]:9443")).isEqualTo("[fd00::1]:9444");
    assertThatThrownBy(() -> NodeAddress.of("10.0.0.1:65535")).hasMessageContaining("65535");
  }
}
