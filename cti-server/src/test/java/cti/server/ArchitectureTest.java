package cti.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of docs/architecture.md and the doors between them. */
@AnalyzeClasses(packages = "cti", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] ADAPTERS = {"ami", "agi", "web", "db", "link"};

  @ArchTest
  static final ArchRule theCoreKnowsNothingButTheJdk =
      classes()
          .that()
          .resideInAPackage("cti.core..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("cti.core..", "java..");

  @ArchTest
  static final ArchRule theCoreHasNoThreadsNoFilesAndNoClock =
      noClasses()
          .that()
          .resideInAPackage("cti.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.sql..")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class);

  @ArchTest
  static final ArchRule theRuntimeKnowsNoAdapter =
      noClasses()
          .that()
          .resideInAPackage("cti.server.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "cti.server.ami..",
              "cti.server.agi..",
              "cti.server.web..",
              "cti.server.db..",
              "cti.server.link..",
              "cti.server.app..");

  @ArchTest
  static final ArchRule nobodyReachesIntoTheApp =
      noClasses()
          .that()
          .resideOutsideOfPackage("cti.server.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("cti.server.app..");

  @ArchTest
  static void adaptersDoNotKnowEachOther(com.tngtech.archunit.core.domain.JavaClasses all) {
    for (String one : ADAPTERS) {
      for (String other : ADAPTERS) {
        if (!one.equals(other)) {
          noClasses()
              .that()
              .resideInAPackage("cti.server." + one + "..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage("cti.server." + other + "..")
              .allowEmptyShould(true)
              .check(all);
        }
      }
    }
  }

  @ArchTest
  static void eachLibraryHasItsRoom(com.tngtech.archunit.core.domain.JavaClasses all) {
    onlyIn(all, "io.netty..", "cti.server.ami..", "cti.server.web..", "cti.server.app..");
    onlyIn(all, "org.asteriskjava..", "cti.server.agi..");
    onlyIn(all, "org.apache.ibatis..", "cti.server.db..");
    onlyIn(all, "com.zaxxer..", "cti.server.db..");
    onlyIn(all, "org.flywaydb..", "cti.server.db..");
    onlyIn(all, "com.mysql..", "cti.server.db..");
    onlyIn(all, "org.bouncycastle..", "cti.server.db..");
    onlyIn(all, "com.google.i18n..", "cti.server.directory..");
    onlyIn(all, "org.dhatim..", "cti.server.directory.sheet..");
    onlyIn(all, "org.apache.commons.compress..", "cti.server.directory.sheet..");
    onlyIn(all, "com.unboundid..", "cti.server.directory.ldap..");
    onlyIn(all, "io.micrometer..", "cti.server.app..");
    onlyIn(all, "picocli..", "cti.server.app..");
    onlyIn(
        all,
        "tools.jackson..",
        "cti.server.config..",
        "cti.server.event..",
        "cti.server.web..",
        "cti.server.yaml..",
        "cti.server.flow..",
        "cti.server.directory..",
        "cti.server.link..",
        "cti.server.db..");
  }

  @ArchTest
  static final ArchRule noCyclesBetweenTheRoomsOfTheServer =
      slices().matching("cti.server.(*)..").should().beFreeOfCycles();

  private static void onlyIn(
      com.tngtech.archunit.core.domain.JavaClasses all, String library, String... rooms) {
    noClasses()
        .that()
        .resideOutsideOfPackages(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because("the library has its room in " + String.join(", ", rooms))
        .check(all);
  }
}
