package ai.qenex.quality;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Names that say what a thing is. */
@AnalyzeClasses(locations = ThisModule.Everything.class)
final class NameRules {

  @ArchTest static final ArchRule TELLING_CLASSES = noClasses()
      .should().haveNameMatching(".*(Manager|Helper|Impl|Util|Utils|Utilities|Common)")
      .because(
          "such a name tells nothing: name the concept (a noun), the use case (a verb phrase), or <Interface>Bean");

  @ArchTest static final ArchRule TELLING_PACKAGES = noClasses()
      .should()
      .resideInAnyPackage("..common..", "..util..", "..utils..", "..helper..", "..helpers..", "..impl..", "..misc..")
      .because("a package is named by what it is about, not by what it is made of");

  @ArchTest static final ArchRule ROWS = classes().that().areAnnotatedWith("jakarta.persistence.Entity")
      .should().haveSimpleNameEndingWith("Row")
      .because("a row is not the concept it stores: call it <Concept>Row");

  @ArchTest static final ArchRule RESOURCES = classes().that().areAnnotatedWith("jakarta.ws.rs.Path")
      .should().haveSimpleNameEndingWith("Resource")
      .because("what answers over HTTP is called <Concept>Resource");
}
