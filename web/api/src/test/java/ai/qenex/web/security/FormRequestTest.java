package ai.qenex.web.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.web.problem.ProblemException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormRequestTest {

  @Test
  void readsNamesAndValuesAsTheyWereEncoded() {
    var form = FormRequest.parse("grant_type=client_credentials&client_secret=a%26b%3D%C3%BC+c&empty=&bare&a=1&a=2");
    assertArrayEquals(new String[] {"client_credentials"}, form.get("grant_type"));
    assertArrayEquals(new String[] {"a&b=\u00fc c"}, form.get("client_secret"));
    assertArrayEquals(new String[] {""}, form.get("empty"));
    assertArrayEquals(new String[] {""}, form.get("bare"));
    assertArrayEquals(new String[] {"1", "2"}, form.get("a"));
    assertEquals(Set.of(""), FormRequest.parse("").keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%zz", "%0=1"})
  void refusesBrokenEncodings(String body) {
    assertThrows(ProblemException.class, () -> FormRequest.parse(body));
  }

  @Test
  void refusesTooManyParameters() {
    assertThrows(ProblemException.class, () -> FormRequest.parse("a=1&".repeat(101)));
  }
}
