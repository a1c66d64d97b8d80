package ai.qenex.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.Login;
import org.junit.jupiter.api.Test;

/** Whatever a caller sends along, the page stays the form it is. */
class LoginPageTest {

  private static final String HOSTILE = "\"><script>alert('1')</script>&amp;";

  @Test
  void showsWhatItWasSentAsText() {
    String page = LoginPage.of(new Login.Question(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE), HOSTILE);
    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("\"\">"), page);
    assertTrue(page.contains("&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;"), page);
    String harmless = LoginPage.of(new Login.Question("a", "a", "a", "a", "a"), "a");
    assertEquals(harmless.chars().filter(c -> c == '<').count(), page.chars().filter(c -> c == '<').count());
  }

  @Test
  void masksPasswordsAndLetsPasswordKeepersHelp() {
    String page = LoginPage.of(new Login.Question("a", "b", "c", "d", "e"), "");
    assertTrue(page.contains("name=\"password\" type=\"password\" autocomplete=\"current-password\""), page);
    assertTrue(page.contains("name=\"new_password\" type=\"password\" autocomplete=\"new-password\""), page);
  }
}
