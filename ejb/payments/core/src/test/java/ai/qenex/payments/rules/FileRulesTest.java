package ai.qenex.payments.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.payments.StatusReason;
import ai.qenex.payments.initiation.GroupTotals;
import ai.qenex.payments.initiation.InitiationGroup;
import ai.qenex.payments.initiation.InitiationHeader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileRulesTest {

  private static final LocalDate TODAY = LocalDate.of(2027, 2, 26);
  private static final List<GroupTotals> TWO_GROUPS =
      List.of(totals(group("G-1", "TRF", TODAY), 2, "10.50"), totals(group("G-2", "TRF", TODAY), 1, "1.00"));

  @ParameterizedTest
  @CsvSource({"M-1, 3, 11.50, ''", "M-1, 3, 11.5, ''", "M-1, 3, '', ''", "M-1, 2, 11.50, AM18", "M-1, 3, 11.51, AM10",
      "M-1, 4, 1, AM18", "M_1, 3, 11.50, CH16"})
  void refusesFilesThatAreNotWhatTheyDeclare(String id, long count, String sum, String code) {
    var header = new InitiationHeader(id, "2027-02-26T08:00:00Z", count,
        Optional.of(sum).filter(text -> !text.isEmpty()).map(BigDecimal::new), "X");
    assertEquals(code, FileRules.judgeFile(header, TWO_GROUPS).map(fault -> fault.code().name()).orElse(""));
  }

  @Test
  void refusesGroupsByPath() {
    assertEquals("/Document/CstmrCdtTrfInitn/PmtInf[1]/PmtMtd",
        reason(totals(group("G", "CHK", TODAY), 1, "1")).path());
    assertEquals("AG03", reason(totals(group("G", "CHK", TODAY), 1, "1")).code());
    assertEquals("DT01", reason(totals(group("G", "TRF", TODAY.plusDays(1)), 1, "1")).code());
    assertEquals("/Document/CstmrCdtTrfInitn/PmtInf[1]/NbOfTxs", reason(totals(declaring(2L, null), 1, "1")).path());
    assertEquals("AM10", reason(totals(declaring(1L, "2"), 1, "1")).code());
    assertEquals(Optional.empty(), FileRules.judgeGroup(totals(declaring(1L, "1.00"), 1, "1"), TODAY));
  }

  private static StatusReason reason(GroupTotals totals) {
    return FileRules.judgeGroup(totals, TODAY).orElseThrow().in(totals.group());
  }

  private static GroupTotals totals(InitiationGroup group, long count, String sum) {
    return new GroupTotals(group, count, new BigDecimal(sum));
  }

  private static InitiationGroup group(String id, String method, LocalDate date) {
    return new InitiationGroup(1, id, method, Optional.empty(), Optional.empty(), date, "Debtor", Optional.empty(),
        Optional.empty(), Optional.empty());
  }

  private static InitiationGroup declaring(Long count, String sum) {
    return new InitiationGroup(1, "G", "TRF", Optional.of(count), Optional.ofNullable(sum).map(BigDecimal::new), TODAY,
        "Debtor",
        Optional.empty(), Optional.empty(), Optional.empty());
  }
}
