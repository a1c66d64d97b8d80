package ai.qenex.quality;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.qenex.kernel.LooksUp;
import ai.qenex.launcher.Greeting;
import ai.qenex.ledger.Meeting;
import ai.qenex.ledger.Mistakes;
import ai.qenex.ledger.inner.Hidden;
import ai.qenex.ledger.ring.east.East;
import ai.qenex.ledger.ring.west.West;
import ai.qenex.ledger.service.HiddenBean;
import ai.qenex.lottery.Draw;
import ai.qenex.payments.Neighbours;
import ai.qenex.payments.service.FileReaderBean;
import ai.qenex.settlement.common.Stuff;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule catches the class that breaks it, and no rule catches a class that keeps them all. */
class RulesTest {

  private static final List<Class<?>> RULES =
      List.of(LayerRules.class, CallRules.class, PatienceRules.class, NameRules.class, ShapeRules.class);

  static Stream<Arguments> offenders() {
    return Stream.of(
        arguments(LayerRules.KNOWN_CONTEXTS, Draw.class, "lottery"),
        arguments(LayerRules.ORDER, LooksUp.class, "Meeting"),
        arguments(LayerRules.BASE_PACKAGES, Neighbours.Curious.class, "Hidden"),
        arguments(LayerRules.BASE_PACKAGES, Neighbours.Intruder.class, "HiddenBean"),
        arguments(LayerRules.ISO_20022_IS_A_FORMAT, Neighbours.FormatBound.class, "Message"),
        arguments(LayerRules.CORE_KNOWS_NO_SERVER, Neighbours.DatabaseBound.class, "java.sql.Connection"),
        arguments(LayerRules.CORE_KNOWS_NO_SERVICE, Neighbours.Intruder.class, "HiddenBean"),
        arguments(CallRules.EXACT_NUMBERS, Mistakes.InexactNumber.class, "new BigDecimal(String)"),
        arguments(CallRules.EXACT_MONEY, Mistakes.FloatingMoney.class, "kernel's Amount"),
        arguments(CallRules.EXACT_MONEY, Mistakes.BoxedMoney.class, "kernel's Amount"),
        arguments(CallRules.NO_CLOCK_IN_CORE, Mistakes.ReadsInstant.class, "InstantSource"),
        arguments(CallRules.NO_CLOCK_IN_CORE, Mistakes.RefersToInstant.class, "InstantSource"),
        arguments(CallRules.NO_CLOCK_IN_CORE, Mistakes.ReadsDate.class, "business date"),
        arguments(CallRules.NO_CLOCK_IN_CORE, Mistakes.ReadsMillis.class, "InstantSource"),
        arguments(CallRules.NO_CLOCK_IN_CORE, Mistakes.OwnsClock.class, "InstantSource"),
        arguments(CallRules.NO_CHANCE_IN_CORE, Mistakes.ThrowsDice.class, "seed"),
        arguments(CallRules.PRIMITIVES_AT_ONE_PLACE, Mistakes.SignsByItself.class, "KeyService"),
        arguments(CallRules.NO_CONSOLE, Mistakes.Prints.class, "System.Logger"),
        arguments(CallRules.NO_STACK_TRACES, Mistakes.PrintsTrace.class, "QenexException"),
        arguments(CallRules.NO_EXIT, Mistakes.Exits.class, "QenexException"),
        arguments(CallRules.NAMED_CHARSETS, Mistakes.GuessesCharset.class, "StandardCharsets.UTF_8"),
        arguments(CallRules.NAMED_LOCALES, Mistakes.GuessesLocale.class, "Locale.ROOT"),
        arguments(PatienceRules.NO_SLEEP, Mistakes.Sleeps.class, "deadline"),
        arguments(PatienceRules.NO_SLEEP, Mistakes.SleepsInUnits.class, "deadline"),
        arguments(NameRules.TELLING_CLASSES, Mistakes.AccountHelper.class, "concept"),
        arguments(NameRules.TELLING_CLASSES, Mistakes.LedgerImpl.class, "concept"),
        arguments(ShapeRules.FEW_PARAMETERS, Mistakes.TakesTooMuch.class, "record"),
        arguments(NameRules.TELLING_PACKAGES, Stuff.class, "what it is about"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("offenders")
  void catchesWhoBreaksTheRuleAndNamesTheWayOut(ArchRule rule, Class<?> offender, String wayOut) {
    EvaluationResult result = rule.evaluate(load(offender));
    assertTrue(result.hasViolation(), () -> offender.getSimpleName() + " was not found");
    String report = result.getFailureReport().toString();
    assertTrue(report.contains(wayOut), () -> "no word of " + wayOut + " in " + report);
  }

  @Test
  void catchesRingsOfPackages() {
    assertTrue(LayerRules.NO_CYCLES.evaluate(load(East.class, West.class)).hasViolation());
    assertFalse(LayerRules.NO_CYCLES.evaluate(load(Meeting.class, Hidden.class)).hasViolation());
  }

  @ParameterizedTest
  @MethodSource("orderlyClasses")
  void letsOrderlyClassesPass(Class<?> orderly) {
    assertEveryRuleHolds(load(orderly));
  }

  static Stream<Class<?>> orderlyClasses() {
    return Stream.of(Mistakes.None.class, Mistakes.Order.class, Neighbours.Polite.class, HiddenBean.class,
        FileReaderBean.class,
        Greeting.class);
  }

  @Test
  void letsModulesWithoutClassesPass() {
    assertEveryRuleHolds(load());
  }

  private static void assertEveryRuleHolds(JavaClasses classes) {
    for (ArchRule rule : everyRule()) {
      EvaluationResult result = rule.evaluate(classes);
      assertFalse(result.hasViolation(), () -> result.getFailureReport().toString());
    }
  }

  private static List<ArchRule> everyRule() {
    List<ArchRule> rules = new ArrayList<>();
    for (Class<?> type : RULES) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getType() == ArchRule.class) {
          try {
            rules.add((ArchRule) field.get(null));
          } catch (IllegalAccessException e) {
            throw new AssertionError(e);
          }
        }
      }
    }
    return rules;
  }

  private static JavaClasses load(Class<?>... types) {
    return new ClassFileImporter().importClasses(types);
  }
}
