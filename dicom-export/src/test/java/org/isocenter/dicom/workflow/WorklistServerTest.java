package org.isocenter.dicom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Peer;
import org.isocenter.model.Code;
import org.isocenter.model.ScheduledStep;
import org.isocenter.testing.PeerProgram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against DCMTK's worklist server. */
class WorklistServerTest {
    private static final NetSettings SETTINGS = NetSettings.of("ISOCENTER");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    static final List<String> NAMES = List.of(
            "Qabbani^Lujayn=قباني^لجين=قبّاني^لُجَين",
            "Wang^XiaoDong=王^小東=ワン^シャオドン",
            "Hong^Gildong=洪^吉洞=홍^길동",
            "Ivanova^Yuliya=Иванова^Юлия",
            "Muñoz^Núñez Ángel^María^Sr.^Dña.",
            "Papadopoulou^Eleni=Παπαδοπούλου^Ελένη",
            "Yamada^Tarou=山田^太郎=やまだ^たろう");

    @TempDir
    Path folder;

    private Path lists;

    @BeforeEach
    void makeFolder() throws Exception {
        lists = Files.createDirectories(folder.resolve("WL"));
        Files.createFile(lists.resolve("lockfile"));
    }

    private PeerProgram start(int port, String... options) throws Exception {
        ArrayList<String> command = new ArrayList<>(List.of("wlmscpfs"));
        command.addAll(List.of(options));
        command.addAll(List.of("-dfp", folder.toString(), Integer.toString(port)));
        return PeerProgram.start(folder, port, command);
    }

    private static Worklist.Answer ask(int port, WorklistQuery query) throws Exception {
        Peer peer = Peer.of("WL", "127.0.0.1", port);
        try (Association association = Association.open(peer, SETTINGS, List.of(Worklist.CONTEXT))) {
            return Worklist.find(association, query);
        }
    }

    @Test
    void namesInAllScriptsAndEncodingsComeToTheLetter() throws Exception {
        for (int i = 0; i < NAMES.size(); i++) {
            WorklistFiles.write(
                    lists,
                    i + 1,
                    "ISO_IR 192",
                    "UTF-8",
                    NAMES.get(i),
                    "MRT Schädel " + NAMES.get(i).length());
        }
        WorklistFiles.write(lists, 8, "ISO_IR 144", "ISO-8859-5", "Люкceмбypг", "Голова");
        WorklistFiles.write(lists, 9, "ISO_IR 127", "ISO-8859-6", "قباني^لنزار", "رأس");
        WorklistFiles.write(lists, 10, "GB18030", "GB18030", "Wang^XiaoDong=王^小东", "头部");
        WorklistFiles.write(lists, 11, "ISO_IR 126", "ISO-8859-7", "Παπαδοπούλου^Ελένη", "Κεφάλι");
        int port = PeerProgram.freePort();
        Worklist.Answer answer;
        try (PeerProgram server = start(port, "-csk")) {
            answer = ask(port, WorklistQuery.of("ISOCENTER", DAY, "MR"));
        }
        assertThat(answer.status().kind()).isEqualTo(DimseStatus.Kind.SUCCESS);
        assertThat(answer.complete()).isTrue();
        assertThat(answer.entries()).hasSize(11).allSatisfy(entry -> {
            assertThat(entry.problems()).isEmpty();
            ScheduledStep step = entry.step();
            String number = step.id().substring(3);
            int i = Integer.parseInt(number);
            List<String> others = List.of("Люкceмбypг", "قباني^لنزار", "Wang^XiaoDong=王^小东", "Παπαδοπούλου^Ελένη");
            String name = i <= NAMES.size() ? NAMES.get(i - 1) : others.get(i - 1 - NAMES.size());
            assertThat(step.patient().name()).isEqualTo(name);
            assertThat(step.performingPhysician()).isEqualTo(name);
            assertThat(step.procedure().referringPhysician()).isEqualTo(name);
            assertThat(step.patient().id()).isEqualTo("PID-" + number);
            assertThat(step.patient().weightKilograms()).isEqualTo(61.5);
            assertThat(step.procedure().id()).isEqualTo("RP" + number);
            assertThat(step.procedure().accessionNumber()).isEqualTo("ACC" + number);
            assertThat(step.procedure().studyInstanceUid()).isEqualTo("1.2.826.0.1.3680043.2.1." + number);
            assertThat(step.protocolCodes()).containsExactly(new Code("T2AX", "99IHE", step.description()));
            assertThat(step.care().medicalAlerts()).isEqualTo(step.description());
            assertThat(step.startDate()).isEqualTo(DAY);
        });
    }

    @Test
    void aServerThatDropsTheCharacterSetIsSurvivedAndTold() throws Exception {
        WorklistFiles.write(lists, 1, "ISO_IR 192", "UTF-8", NAMES.get(2), "MRI");
        int port = PeerProgram.freePort();
        Worklist.Answer answer;
        try (PeerProgram server = start(port)) {
            answer = ask(port, WorklistQuery.ALL);
        }
        WorklistEntry entry = answer.entries().get(0);
        assertThat(entry.step().patient().name()).isEqualTo(NAMES.get(2));
        assertThat(entry.problems()).singleElement().asString().contains("SpecificCharacterSet");
        assertThat(entry.usable()).isTrue();
    }

    @Test
    void otherDaysScannersAndPatientsAreNotListed() throws Exception {
        WorklistFiles.write(lists, 1, "ISO_IR 192", "UTF-8", NAMES.get(0), "MRI");
        WorklistFiles.write(lists, 2, "ISO_IR 192", "UTF-8", NAMES.get(1), "MRI");
        int port = PeerProgram.freePort();
        try (PeerProgram server = start(port, "-csk")) {
            assertThat(ask(port, WorklistQuery.of("ISOCENTER", DAY.plusDays(1), "MR"))
                            .entries())
                    .isEmpty();
            assertThat(ask(port, WorklistQuery.of("OTHER", DAY, "MR")).entries())
                    .isEmpty();
            assertThat(ask(port, new WorklistQuery("", DAY, DAY.plusDays(3), "", "Wang*", "", "", ""))
                            .entries())
                    .extracting(entry -> entry.step().id())
                    .containsExactly("SPS2");
            assertThat(ask(port, new WorklistQuery("", null, null, "", "", "PID-1", "ACC1", ""))
                            .entries())
                    .extracting(entry -> entry.step().id())
                    .containsExactly("SPS1");
        }
    }
}
