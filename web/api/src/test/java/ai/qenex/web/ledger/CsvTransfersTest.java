package ai.qenex.web.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTransfersTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {"debit,credit,amount | /asset",
      "debit,credit,amount,asset,debit | /debit", "debit,credit,amount,asset,colour | ''", "'' | ''"})
  void refusesOtherHeaderRows(String header, String path) {
    var refused = assertThrows(ProblemException.class, () -> source(header + "\n"));
    assertEquals(400, refused.problem().status());
    assertEquals(path, refused.problem().figures().get("path"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"a,b,1                 | ''", "a,b,1,EUR,x,y | ''", ",b,1,EUR,        | /debit",
      "a,b,,EUR,            | /amount", "a,b,1,,               | /asset"})
  void refusesARowAndGoesOn(String row, String path) throws Exception {
    var source = source("debit,credit,amount,asset,reference\r\n" + row + "\r\n");
    source.next();
    var refused = assertThrows(ProblemException.class, () -> source.take(null));
    assertEquals(path, refused.problem().figures().get("path"));
    assertEquals(2, source.number());
    assertFalse(source.next());
  }

  private static CsvTransfers source(String text) throws Exception {
    return new CsvTransfers(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
