package org.isocenter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may depend on whom, over all modules. */
class ArchitectureTest {
    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
                .importPackages("org.isocenter");
    }

    @Test
    void modulesDependOnlyDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("model")
                .definedBy("org.isocenter.model..")
                .layer("sequence")
                .definedBy("org.isocenter.sequence..")
                .layer("hardware")
                .definedBy("org.isocenter.hardware..")
                .layer("recon")
                .definedBy("org.isocenter.recon..")
                .layer("dicom")
                .definedBy("org.isocenter.dicom..")
                .layer("session")
                .definedBy("org.isocenter.session..")
                .layer("app")
                .definedBy("org.isocenter.app..")
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("session")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("dicom")
                .mayOnlyBeAccessedByLayers("session", "app")
                .whereLayer("recon")
                .mayOnlyBeAccessedByLayers("session", "app")
                .whereLayer("hardware")
                .mayOnlyBeAccessedByLayers("session", "app")
                .whereLayer("sequence")
                .mayOnlyBeAccessedByLayers("hardware", "session", "app")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers("sequence", "hardware", "recon", "dicom", "session", "app")
                .check(all);
    }

    @Test
    void theModelNeedsOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("org.isocenter.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.isocenter.model..", "java..")
                .check(all);
    }

    @Test
    void javafxIsUsedByTheWindowOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.isocenter.app..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "com.sun.javafx..", "atlantafx..")
                .check(all);
    }

    @Test
    void awtIsUsedByPictureWritersOnly() {
        noClasses()
                .that()
                .haveSimpleNameNotContaining("Picture")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.imageio..", "javax.swing..")
                .check(all);
    }

    @Test
    void serialPortsAreOpenedInOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.isocenter.hardware.serial..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fazecast..")
                .check(all);
    }

    @Test
    void oneClassHandsWorkToTheJavafxThread() {
        noClasses()
                .that()
                .haveNameNotMatching("org.isocenter.app.fx.FxThread.*")
                .should()
                .callMethod(javafx.application.Platform.class, "runLater", Runnable.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(javafx.animation.AnimationTimer.class)
                .check(all);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.isocenter.(**)").should().beFreeOfCycles().check(all);
    }
}
