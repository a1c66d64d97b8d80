package ai.qenex.quality;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Methods that a caller can read without counting arguments. */
@AnalyzeClasses(locations = ThisModule.Production.class)
final class ShapeRules {

  static final int MAX_PARAMETERS = 4;

  @ArchTest static final ArchRule FEW_PARAMETERS = codeUnits().that(areOurOwnToShape()).should(takeFewParameters())
      .because("nobody can read a call with many arguments: make a record of those that belong together");

  private ShapeRules() {}

  /**
   * Records list what they hold, compilers add parameters to what they generate, and foreign interfaces dictate theirs.
   */
  private static DescribedPredicate<JavaCodeUnit> areOurOwnToShape() {
    return DescribedPredicate.describe("are our own to shape", unit -> {
      JavaClass owner = unit.getOwner();
      boolean generated = unit.getModifiers().contains(JavaModifier.SYNTHETIC)
          || owner.isEnum() || owner.isAnonymousClass() || owner.isLocalClass() || owner.isInnerClass();
      return !generated && !owner.isRecord() && !isForeign(owner);
    });
  }

  private static boolean isForeign(JavaClass type) {
    return type.getRawInterfaces().stream().anyMatch(parent -> parent.getPackageName().startsWith("jakarta"))
        || type.getRawSuperclass().filter(parent -> parent.getPackageName().startsWith("jakarta")).isPresent();
  }

  private static ArchCondition<JavaCodeUnit> takeFewParameters() {
    return new ArchCondition<>("take at most " + MAX_PARAMETERS + " parameters") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        int parameters = unit.getRawParameterTypes().size();
        if (parameters > MAX_PARAMETERS) {
          events.add(
              SimpleConditionEvent.violated(unit, unit.getDescription() + " takes " + parameters + " parameters in "
                  + unit.getSourceCodeLocation()));
        }
      }
    };
  }
}
