package cti.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of the bridge and the doors between them. */
@AnalyzeClasses(packages = "cti.bridge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule noCyclesBetweenRooms =
      slices().matching("cti.bridge.(*)..").should().beFreeOfCycles();

  /** What a phone is does not depend on which one it is, nor on the server. */
  @ArchTest
  static final ArchRule phonesKnowNobody =
      noClasses()
          .that()
          .resideInAPackage("cti.bridge.phone..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "cti.bridge.server..", "cti.bridge.pop..", "cti.bridge.local..", "cti.bridge.app..");

  @ArchTest
  static final ArchRule commandsHaveOneRoom =
      noClasses()
          .that()
          .resideOutsideOfPackage("cti.bridge.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");
}
