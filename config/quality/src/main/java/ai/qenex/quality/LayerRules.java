package ai.qenex.quality;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;

/** Which way knowledge flows: down the ladder of contexts, and through their base packages only. */
@AnalyzeClasses(locations = ThisModule.Production.class)
final class LayerRules {

  @ArchTest static final ArchRule KNOWN_CONTEXTS =
      classes().that().resideInAPackage("ai.qenex..").should(belongToAKnownContext())
          .because(
              "the order of contexts is a decision: add a new one to Contexts in config/quality, with what it may see");

  @ArchTest static final ArchRule ORDER = classes().should(lookDownOnly())
      .because(
          "kernel < security < ledger < {accruals, settlement, compliance, risk} < payments, ledger < chain < defi;"
              + " news travels upwards as ledger log entries and events");

  @ArchTest static final ArchRule BASE_PACKAGES = classes().should(meetOthersAtTheirBasePackage())
      .because("inner packages and services are private: add what you need to the base package ai.qenex.<context>");

  @ArchTest static final ArchRule ISO_20022_IS_A_FORMAT = noClasses()
      .that().resideOutsideOfPackages("ai.qenex.payments.iso20022..", "ai.qenex.payments.service..")
      .should().dependOnClassesThat().resideInAPackage("ai.qenex.payments.iso20022..")
      .because("message formats end in the payments service: exchange values of ai.qenex.payments");

  @ArchTest static final ArchRule CORE_KNOWS_NO_SERVER = noClasses().that(Contexts.core())
      .should().dependOnClassesThat()
      .resideInAnyPackage("jakarta..", "javax.sql..", "java.sql..", "org.eclipse.microprofile..")
      .because("a core decides and a service acts: declare a port (an interface) here and implement it in the service");

  @ArchTest static final ArchRule CORE_KNOWS_NO_SERVICE = noClasses().that(Contexts.core())
      .should().dependOnClassesThat().resideInAPackage("ai.qenex.*.service..")
      .because("a service depends on its core, never the other way: declare a port here");

  @ArchTest static final ArchRule NO_CYCLES = slices().matching("ai.qenex.(**)").should().beFreeOfCycles()
      .because("packages in a ring are read together or not at all: move shared words inwards, or invert with a port");

  private LayerRules() {}

  private static ArchCondition<JavaClass> belongToAKnownContext() {
    return new ArchCondition<>("belong to a known context") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Contexts.of(type).filter(context -> !Contexts.isKnown(context)).ifPresent(context -> events.add(
            SimpleConditionEvent.violated(type, type.getFullName() + " is in the unknown context " + context)));
      }
    };
  }

  private static ArchCondition<JavaClass> lookDownOnly() {
    return onEachNeighbour("look down the order only",
        (context, other, target) -> Contexts.maySee(context, other));
  }

  private static ArchCondition<JavaClass> meetOthersAtTheirBasePackage() {
    // A benchmark measures the inside of an engine on purpose; it ships nothing. The verifier is the ledger's own rules
    // in another program.
    return onEachNeighbour("meet other contexts at their base packages",
        (context, other, target) -> context.equals("benchmark") || context.equals("verifier")
            || target.getPackageName().equals(Contexts.basePackage(other)));
  }

  /** What a class may use of another context. */
  private interface Neighbourhood {
    boolean allows(String context, String other, JavaClass target);
  }

  private static ArchCondition<JavaClass> onEachNeighbour(String description, Neighbourhood neighbourhood) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Optional<String> context = Contexts.of(type);
        if (context.isEmpty()) {
          return;
        }
        type.getDirectDependenciesFromSelf().forEach(dependency -> {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          Contexts.of(target).filter(other -> !other.equals(context.get()))
              .filter(other -> !neighbourhood.allows(context.get(), other, target))
              .ifPresent(other -> events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
        });
      }
    };
  }
}
