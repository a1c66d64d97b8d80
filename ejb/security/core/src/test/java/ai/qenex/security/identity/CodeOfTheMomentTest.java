package ai.qenex.security.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of RFC 6238 appendix B, the window and the burning of steps (invariant SCA-2). */
class CodeOfTheMomentTest {

  private static final byte[] SHA1 = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SHA256 = "12345678901234567890123456789012".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SHA512 =
      "1234567890123456789012345678901234567890123456789012345678901234".getBytes(StandardCharsets.US_ASCII);
  private static final Instant NOW = Instant.ofEpochSecond(1_111_111_111L);
  private static final long STEP = 1_111_111_111L / 30;

  @ParameterizedTest
  @CsvSource({"59, 94287082, 46119246, 90693936", "1111111109, 07081804, 68084774, 25091201",
      "1111111111, 14050471, 67062674, 99943326", "1234567890, 89005924, 91819424, 93441116",
      "2000000000, 69279037, 90698825, 38618901", "20000000000, 65353130, 77737706, 47863826"})
  void givesTheCodesOfTheStandard(long seconds, String sha1, String sha256, String sha512) {
    assertEquals(sha1, CodeOfTheMoment.of(SHA1, seconds / 30, 8, "HmacSHA1"));
    assertEquals(sha256, CodeOfTheMoment.of(SHA256, seconds / 30, 8, "HmacSHA256"));
    assertEquals(sha512, CodeOfTheMoment.of(SHA512, seconds / 30, 8, "HmacSHA512"));
    assertEquals(sha1.substring(2), CodeOfTheMoment.at(SHA1, Instant.ofEpochSecond(seconds)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void takesTheCodeOfAClockThatIsAStepOff(int off) {
    String code = CodeOfTheMoment.at(SHA1, NOW.plusSeconds(30L * off));
    assertEquals(OptionalLong.of(STEP + off), CodeOfTheMoment.stepOf(SHA1, code, NOW, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {-3, -2, 2, 3})
  void refusesTheCodeOfAClockThatIsTwoStepsOff(int off) {
    String code = CodeOfTheMoment.at(SHA1, NOW.plusSeconds(30L * off));
    assertEquals(OptionalLong.empty(), CodeOfTheMoment.stepOf(SHA1, code, NOW, 0));
  }

  @Test
  void refusesBurntSteps() {
    String code = CodeOfTheMoment.at(SHA1, NOW);
    assertEquals(OptionalLong.empty(), CodeOfTheMoment.stepOf(SHA1, code, NOW, STEP));
    assertEquals(OptionalLong.empty(), CodeOfTheMoment.stepOf(SHA1, code, NOW, STEP + 1));
    assertEquals(OptionalLong.of(STEP), CodeOfTheMoment.stepOf(SHA1, code, NOW, STEP - 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12345", "1234567", "12345a", "\u0661\u0662\u0663\u0664\u0665\u0666", " 123456"})
  void refusesWhatIsNoCode(String code) {
    assertEquals(OptionalLong.empty(), CodeOfTheMoment.stepOf(SHA1, code, NOW, 0));
  }
}
