package ai.qenex.web.trail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.kernel.QenexException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody chooses the address that he is noted and limited under. */
class CallerAddressTest {

  private static final CallerAddress BEHIND_PROXIES = new CallerAddress("10.0.0.0/8, 192.0.2.7, 2001:db8::/32");

  @Test
  void believesNoHeaderUnlessProxiesAreTrusted() {
    assertEquals("198.51.100.1", new CallerAddress("").of("198.51.100.1", "203.0.113.9"));
    assertEquals("198.51.100.1", BEHIND_PROXIES.of("198.51.100.1", "203.0.113.9"));
    assertEquals("10.0.0.1", BEHIND_PROXIES.of("10.0.0.1", null));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"203.0.113.9; 203.0.113.9", "1.2.3.4, 203.0.113.9; 203.0.113.9",
      "1.2.3.4, 203.0.113.9, 192.0.2.7; 203.0.113.9", "10.9.9.9; 10.9.9.9", "2001:db8::5, 203.0.113.9; 203.0.113.9",
      "203.0.113.9, 2001:db8::5; 203.0.113.9"})
  void readsFromTheEndWhatTrustedProxiesWrote(String forwarded, String caller) {
    assertEquals(caller, BEHIND_PROXIES.of("10.0.0.1", forwarded));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "localhost", "203.0.113.9, evil.example", "999.1.1.1", "1.2.3.4:80", ",",
      "::g"})
  void looksUpNoName(String forwarded) {
    assertEquals("10.0.0.1", BEHIND_PROXIES.of("10.0.0.1", forwarded));
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/8/8"})
  void refusesAProxyThatIsNoAddress(String proxies) {
    assertThrows(QenexException.class, () -> new CallerAddress(proxies));
  }
}
