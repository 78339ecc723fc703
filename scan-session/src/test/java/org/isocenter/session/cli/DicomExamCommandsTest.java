package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.iod.Codes;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.DimseHandler;
import org.isocenter.dicom.net.DimseResponse;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Operation;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.Services;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Code;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Side;
import org.isocenter.session.IsocenterHome;
import org.isocenter.session.archive.Archive;
import org.isocenter.testing.PeerProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code dicom worklist} and {@code dicom mpps}, and scans of what is planned. */
@ExtendWith(OwnHome.class)
@Timeout(120)
class DicomExamCommandsTest {
    private static final String NAME = "Yamada^Tarou=山田^太郎=やまだ^たろう";

    @TempDir
    Path folder;

    /** Ids of the scheduled steps that the hospital was told to have begun. */
    private final List<String> begun = new ArrayList<>();

    /** Studies of the scheduled steps that it was told of. */
    private final List<String> studies = new ArrayList<>();

    /** Statuses that the hospital was told, in order. */
    private final List<String> told = new ArrayList<>();

    private static DicomListener hospital(Services services) throws Exception {
        return DicomListener.open(
                ListenerSettings.of(0, List.of(Peer.of("ISOCENTER", "127.0.0.1", 104))),
                NetSettings.of("HIS"),
                services);
    }

    private Services hearing() {
        DimseHandler hear = request -> {
            Attributes message = request.dataset();
            synchronized (told) {
                told.add(message.getString(Tag.PerformedProcedureStepStatus));
                message.getSequence(Tag.ScheduledStepAttributesSequence).forEach(step -> {
                    begun.add(step.getString(Tag.ScheduledProcedureStepID));
                    studies.add(step.getString(Tag.StudyInstanceUID));
                });
            }
            return new DimseResponse(DimseStatus.success(), request.sopInstanceUid(), new Attributes());
        };
        return Services.NONE
                .with(Operation.N_CREATE, UID.ModalityPerformedProcedureStep, hear)
                .with(Operation.N_SET, UID.ModalityPerformedProcedureStep, hear);
    }

    private static String address(DicomListener listener) {
        return "HIS@127.0.0.1:" + listener.port();
    }

    /** DCMTK's worklist server with two steps of an exam of today, and an exam of somebody else. */
    private PeerProgram worklist(int port) throws Exception {
        Path lists = Files.createDirectories(folder.resolve("WL"));
        Files.createFile(lists.resolve("lockfile"));
        plan(lists, "SPS7", "ACC-7", "2.25.7", NAME);
        plan(lists, "SPS8", "ACC-78", "2.25.7", NAME);
        plan(lists, "SPS9", "ACC-9", "2.25.9", "Roe^Rita");
        return PeerProgram.start(
                folder, port, List.of("wlmscpfs", "-csk", "-dfr", "-dfp", folder.toString(), Integer.toString(port)));
    }

    private static void plan(Path lists, String id, String accession, String study, String name, Code... codes)
            throws Exception {
        Attributes entry = new Attributes();
        entry.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        entry.setString(Tag.SOPClassUID, UID.ModalityWorklistFind);
        entry.setString(Tag.SOPInstanceUID, "2.25.70");
        entry.setString(Tag.PatientName, name);
        entry.setString(Tag.PatientID, "P-42");
        entry.setDate(Tag.PatientBirthDate, LocalDate.of(1980, 2, 29));
        entry.setString(Tag.PatientSex, "M");
        entry.setString(Tag.MedicalAlerts, "pacemaker");
        entry.setString(Tag.AccessionNumber, accession);
        entry.setString(Tag.RequestedProcedureID, "RP7");
        entry.setString(Tag.StudyInstanceUID, study);
        Attributes step = entry.newItem();
        step.setString(Tag.ScheduledProcedureStepID, id);
        step.setString(Tag.ScheduledProcedureStepDescription, "Knee");
        step.setString(Tag.Modality, "MR");
        step.setString(Tag.ScheduledStationAETitle, "OTHER");
        step.setDate(Tag.ScheduledProcedureStepStartDate, LocalDate.now());
        step.setTime(Tag.ScheduledProcedureStepStartTime, LocalTime.NOON);
        Codes.write(step, Tag.ScheduledProtocolCodeSequence, List.of(codes));
        entry.setSequence(Tag.ScheduledProcedureStepSequence, List.of(step));
        DicomWriter.write(lists.resolve(id + ".wl"), entry);
    }

    private CommandRun scan(String out, Object... options) {
        List<Object> arguments =
                new ArrayList<>(List.of("scan", "readouts", "--device", "fake:complete", "--out", folder.resolve(out)));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray());
    }

    @Test
    void aPlannedExamIsListedScannedInTwoPartsAndCompleted() throws Exception {
        int port = PeerProgram.freePort();
        String worklist = "WL@127.0.0.1:" + port;
        try (PeerProgram server = worklist(port);
                DicomListener his = hospital(hearing())) {
            CommandRun listed =
                    CommandRun.of("dicom", "worklist", "--peer", worklist, "--accession", "ACC-7", "--json");
            assertThat(listed.exitCode()).as(listed.err()).isZero();
            JsonNode entry = listed.json().path("entries").path(0);
            assertThat(entry.path("step").asText()).isEqualTo("SPS7");
            assertThat(entry.path("accession").asText()).isEqualTo("ACC-7");
            assertThat(entry.path("studyInstanceUid").asText()).isEqualTo("2.25.7");
            assertThat(entry.at("/patient/name").asText()).isEqualTo(NAME);
            assertThat(entry.path("usable").asBoolean()).isTrue();
            assertThat(entry.path("warnings").toString()).contains("pacemaker");
            assertThat(entry.path("mismatches").toString()).contains("OTHER");
            CommandRun none = CommandRun.of("dicom", "worklist", "--peer", worklist, "--patient", "Nobody*");
            assertThat(none.exitCode()).isZero();
            assertThat(none.out()).contains("nothing is planned");

            Object[] exam = {"--worklist", "ACC-7", "--worklist-peer", worklist, "--mpps", address(his)};
            Object[] goingOn = {exam[0], exam[1], exam[2], exam[3], exam[4], exam[5], "--exam-goes-on"};
            CommandRun first = scan("first", goingOn);
            assertThat(first.exitCode()).as(first.err()).isZero();
            assertThat(first.err()).contains("pacemaker", "OTHER");
            CommandRun second = scan("second", goingOn);
            assertThat(second.exitCode()).as(second.err()).isZero();
            assertThat(second.err()).contains("the exam goes on");
            JsonNode steps = CommandRun.of("dicom", "mpps", "--json").json().path("steps");
            assertThat(steps).hasSize(1);
            assertThat(steps.at("/0/state").asText()).isEqualTo("IN_PROGRESS");
            assertThat(steps.at("/0/studyInstanceUid").asText()).isEqualTo("2.25.7");
            assertThat(steps.at("/0/told").toString()).isEqualTo("[\"" + address(his) + "\"]");
            assertThat(told).startsWith("IN PROGRESS").doesNotContain("COMPLETED", "DISCONTINUED");

            String id = steps.at("/0/id").asText();
            CommandRun completed = CommandRun.of("dicom", "mpps", "complete", id, "--json");
            assertThat(completed.exitCode()).as(completed.err()).isZero();
            assertThat(completed.json().path("state").asText()).isEqualTo("COMPLETED");
            assertThat(told).endsWith("COMPLETED");
            CommandRun again = CommandRun.of("dicom", "mpps", "complete", id);
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.errorLine()).contains(id);

            CommandRun absent = scan("third", "--worklist", "ACC-8", "--worklist-peer", worklist);
            assertThat(absent.exitCode()).isEqualTo(1);
            assertThat(absent.errorLine()).contains("ACC-8");
            assertThat(folder.resolve("third")).doesNotExist();
        }
    }

    @Test
    void severalStepsOfOneStudyAreOneExam() throws Exception {
        int port = PeerProgram.freePort();
        String worklist = "WL@127.0.0.1:" + port;
        try (PeerProgram server = worklist(port);
                DicomListener his = hospital(hearing())) {
            CommandRun both = scan(
                    "both",
                    "--worklist",
                    "SPS7",
                    "--worklist",
                    "ACC-78",
                    "--worklist-peer",
                    worklist,
                    "--mpps",
                    address(his));
            assertThat(both.exitCode()).as(both.err()).isZero();
            assertThat(begun).containsExactly("SPS7", "SPS8");
            assertThat(told).endsWith("COMPLETED");
            try (Archive archive = Archive.openDefault()) {
                assertThat(archive.studies()).singleElement().satisfies(found -> {
                    assertThat(found.study().instanceUid()).isEqualTo("2.25.7");
                    assertThat(found.study().accessionNumber())
                            .as("they have different ones")
                            .isEmpty();
                    assertThat(found.study().orders())
                            .extracting(ScheduledStep::id)
                            .containsExactly("SPS7", "SPS8");
                });
            }

            CommandRun others = scan("others", "--worklist", "SPS7", "--worklist", "SPS9", "--worklist-peer", worklist);
            assertThat(others.exitCode()).isEqualTo(1);
            assertThat(others.errorLine()).contains("SPS7, SPS9", "not of one patient");
            assertThat(folder.resolve("others")).doesNotExist();
        }
    }

    @Test
    void stepsOfSeveralStudiesAreAStudyOfItsOwnThatRefersToEach() throws Exception {
        int port = PeerProgram.freePort();
        String worklist = "WL@127.0.0.1:" + port;
        try (PeerProgram server = worklist(port);
                DicomListener his = hospital(hearing())) {
            plan(folder.resolve("WL"), "SPS10", "ACC-10", "2.25.10", NAME);
            String[] group = {"--worklist", "SPS7", "--worklist", "SPS10", "--worklist-peer", worklist};
            CommandRun scanned =
                    scan("group", group[0], group[1], group[2], group[3], group[4], group[5], "--mpps", address(his));
            assertThat(scanned.exitCode()).as(scanned.err()).isZero();
            assertThat(scanned.err()).contains("2 studies", "new UID");
            assertThat(begun).containsExactly("SPS7", "SPS10");
            assertThat(studies).containsExactly("2.25.7", "2.25.10");
            try (Archive archive = Archive.openDefault()) {
                assertThat(archive.studies()).singleElement().satisfies(found -> {
                    assertThat(found.study().instanceUid()).startsWith("2.25.").isNotIn("2.25.7", "2.25.10");
                    assertThat(found.study().accessionNumber()).isEmpty();
                });
            }
        }
    }

    @Test
    void anExamWithoutAnyScanCanBeBrokenOff() throws Exception {
        int port = PeerProgram.freePort();
        try (PeerProgram server = worklist(port);
                DicomListener his = hospital(hearing())) {
            String[] order = {"--worklist", "SPS7", "--worklist-peer", "WL@127.0.0.1:" + port};
            CommandRun nobody = CommandRun.of(
                    "dicom", "mpps", "discontinue", order[0], order[1], order[2], order[3], "--reason", "110508");
            assertThat(nobody.exitCode()).isEqualTo(2);
            assertThat(nobody.errorLine()).contains("nobody is told", "--mpps");
            CommandRun done = CommandRun.of(
                    "dicom", "mpps", "discontinue", order[0], order[1], order[2], order[3], "--mpps", address(his));
            assertThat(done.exitCode()).as(done.err()).isZero();
            assertThat(told).containsExactly("IN PROGRESS", "DISCONTINUED");
            assertThat(begun).containsExactly("SPS7");
        }
        CommandRun unnamed = CommandRun.of("dicom", "mpps", "discontinue");
        assertThat(unnamed.exitCode()).isEqualTo(2);
        assertThat(unnamed.errorLine()).contains("no exam is named");
    }

    @Test
    void whoeverNamesOneOfAPairNamesItsSide() {
        CommandRun sideless = scan("knee", "--body-part", "knee");
        assertThat(sideless.exitCode()).isEqualTo(2);
        assertThat(sideless.errorLine()).contains("KNEE is one of a pair", "--side left");
        CommandRun unpaired = scan("head", "--body-part", "HEAD", "--side", "left");
        assertThat(unpaired.errorLine()).contains("HEAD is not one of a pair");
        assertThat(scan("what", "--body-part", "ELSE").errorLine()).contains("--body-part ELSE", "KNEE, ");
        assertThat(scan("left", "--body-part", "knee", "--side", "L").exitCode())
                .isZero();
        try (Archive archive = Archive.openDefault()) {
            assertThat(archive.studies().get(0).study().anatomy()).isEqualTo(new Anatomy(BodyPart.KNEE, Side.LEFT));
        }
    }

    @Test
    void partAndSideFollowFromTheProtocolCodesThatTheHospitalAndThisConsoleAgreeOn() throws Exception {
        Files.writeString(IsocenterHome.folder().resolve("protocol-codes.json"), """
                [{"code": "MRKL", "scheme": "99HIS", "bodyPart": "KNEE", "side": "left", "scans": [{"sequence": "se2d"}]},
                 {"code": "MRK", "scheme": "99HIS", "bodyPart": "KNEE", "scans": [{"sequence": "se2d"}]}]
                """);
        int port = PeerProgram.freePort();
        String worklist = "WL@127.0.0.1:" + port;
        try (PeerProgram server = worklist(port)) {
            plan(folder.resolve("WL"), "SPS11", "ACC-11", "2.25.11", NAME, new Code("MRKL", "99HIS", "Knee, left"));
            plan(folder.resolve("WL"), "SPS12", "ACC-12", "2.25.12", NAME, new Code("MRK", "99HIS", "Knee"));
            CommandRun listed =
                    CommandRun.of("dicom", "worklist", "--peer", worklist, "--accession", "ACC-11", "--json");
            assertThat(listed.json().at("/entries/0/bodyPart").asText()).isEqualTo("KNEE");
            assertThat(listed.json().at("/entries/0/side").asText()).isEqualTo("L");
            CommandRun scanned = scan("coded", "--worklist", "SPS11", "--worklist-peer", worklist, "--side", "right");
            assertThat(scanned.exitCode()).as(scanned.err()).isZero();
            assertThat(scanned.err()).contains("it was ordered for Knee, left, not Knee, right");
            CommandRun sideless = scan("sideless", "--worklist", "SPS12", "--worklist-peer", worklist);
            assertThat(sideless.exitCode()).isEqualTo(2);
            assertThat(sideless.err()).contains("KNEE is one of a pair");
        }
    }

    @Test
    void anExamThatIsBrokenOffIsToldWhyAlsoWhenTheHospitalIsAwayMeanwhile() throws Exception {
        String id;
        int port;
        try (DicomListener his = hospital(hearing())) {
            port = his.port();
            assertThat(scan("out", "--mpps", address(his), "--exam-goes-on").exitCode())
                    .isZero();
            id = CommandRun.of("dicom", "mpps", "--json")
                    .json()
                    .at("/steps/0/id")
                    .asText();
            CommandRun wrong = CommandRun.of("dicom", "mpps", "discontinue", id, "--reason", "1");
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.errorLine()).contains("no such reason", "110513");
        }
        CommandRun away = CommandRun.of("dicom", "mpps", "discontinue", id, "--reason", "110505");
        assertThat(away.exitCode()).isEqualTo(3);
        assertThat(CommandRun.of("dicom", "mpps").out()).contains(id, "discontinued");
        assertThat(CommandRun.of("dicom", "outbox", "--json").json().path("rows"))
                .as("what the hospital is still to be told")
                .isNotEmpty();
        assertThat(told).startsWith("IN PROGRESS").doesNotContain("COMPLETED", "DISCONTINUED");
    }

    @Test
    void whatAWorklistWillNotOrCannotTellIsToldByTheExitCode() throws Exception {
        Services refusing = Services.NONE.with(
                Operation.C_FIND,
                UID.ModalityWorklistFind,
                request -> DimseResponse.of(DimseStatus.of(Operation.C_FIND, 0xA700)));
        try (DicomListener his = hospital(refusing)) {
            CommandRun refused = CommandRun.of("dicom", "worklist", "--peer", address(his), "--json");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.json().path("entries")).isEmpty();
            assertThat(refused.json().path("notes").toString()).contains("0xA700", address(his));
        }
        for (String nobody : List.of("HIS@127.0.0.1:1", "fhir+http://127.0.0.1:1/fhir")) {
            CommandRun away = CommandRun.of("dicom", "worklist", "--peer", nobody, "--json");
            assertThat(away.exitCode()).isEqualTo(3);
            assertThat(away.errorLine()).contains("127.0.0.1");
            assertThat(away.out()).isEmpty();
        }
        CommandRun unknown = CommandRun.of("dicom", "worklist");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.errorLine()).contains("no worklist is known", "--peer");
        CommandRun noDay = CommandRun.of("dicom", "worklist", "--peer", "HIS@127.0.0.1:1", "--date", "soon");
        assertThat(noDay.exitCode()).isEqualTo(2);
        assertThat(noDay.errorLine()).contains("soon");
        CommandRun noExam = CommandRun.of("dicom", "mpps", "complete", "PPS404");
        assertThat(noExam.exitCode()).isEqualTo(1);
        assertThat(noExam.errorLine()).contains("PPS404");
        assertThat(CommandRun.of("dicom", "mpps").out()).contains("no exam was told of");
    }
}
