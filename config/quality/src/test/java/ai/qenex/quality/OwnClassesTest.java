package ai.qenex.quality;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** The module that holds the rules keeps them itself. */
@AnalyzeClasses(locations = ThisModule.Production.class)
class OwnClassesTest {

  @ArchTest static final ArchTests LAYERS = ArchTests.in(LayerRules.class);

  @ArchTest static final ArchTests CALLS = ArchTests.in(CallRules.class);

  @ArchTest static final ArchTests NAMES = ArchTests.in(NameRules.class);

  @ArchTest static final ArchTests SHAPES = ArchTests.in(ShapeRules.class);
}
