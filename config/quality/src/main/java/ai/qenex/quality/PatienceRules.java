package ai.qenex.quality;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** How to wait, in shipped code and in tests. */
@AnalyzeClasses(locations = ThisModule.Everything.class)
final class PatienceRules {

  @ArchTest static final ArchRule NO_SLEEP = noClasses()
      .should().accessTargetWhere(Calls.to("java.lang.Thread.sleep(*)", "java.util.concurrent.TimeUnit.sleep(*)"))
      .because("a sleep is too short on a slow machine and too long on a fast one: wait for the condition itself with a"
          + " deadline (a latch, a queue's poll, a Condition, a scheduled executor)");
}
