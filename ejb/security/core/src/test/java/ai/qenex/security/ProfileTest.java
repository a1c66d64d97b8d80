package ai.qenex.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

  @Test
  void readsBothNames() {
    assertEquals(Profile.DEVELOPMENT, Profile.of("development"));
    assertEquals(Profile.PRODUCTION, Profile.of("production"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "prod", "Production", "production "})
  void refusesWhatMightHaveMeantProduction(String value) {
    QenexException fault = assertThrows(QenexException.class, () -> Profile.of(value));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, fault.code());
  }
}
