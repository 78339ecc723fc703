package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.DimseHandler;
import org.isocenter.dicom.net.DimseResponse;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Operation;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.Services;
import org.isocenter.session.IsocenterHome;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.outbox.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OwnHome.class)
class DicomCommandsTest {
    @TempDir
    Path folder;

    private static DicomListener pacs(String whoMayCall, DimseHandler store) throws Exception {
        return DicomListener.open(
                ListenerSettings.of(0, List.of(Peer.of(whoMayCall, "127.0.0.1", 104))),
                NetSettings.of("PACS"),
                Services.NONE.with(Operation.C_STORE, UID.MRImageStorage, store));
    }

    private static DicomListener pacs(int status) throws Exception {
        return pacs("ISOCENTER", request -> DimseResponse.of(DimseStatus.of(Operation.C_STORE, status)));
    }

    private static String address(DicomListener pacs) {
        return "PACS@127.0.0.1:" + pacs.port();
    }

    @Test
    void anEchoSaysWhetherTheOtherSideIsThereAndWantsUs() throws Exception {
        try (DicomListener friendly = pacs(0);
                DicomListener closed = pacs("SOMEONE", request -> DimseResponse.of(DimseStatus.success()))) {
            CommandRun answered = CommandRun.of("dicom", "echo", address(friendly));
            assertThat(answered.exitCode()).isZero();
            assertThat(answered.out()).contains(address(friendly) + " answers");
            CommandRun refused = CommandRun.of("dicom", "echo", "--json", address(closed));
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.json().path("verdict").asText()).isEqualTo("REFUSED");
        }
        CommandRun nobody = CommandRun.of("dicom", "echo", "PACS@127.0.0.1:1");
        assertThat(nobody.exitCode()).isEqualTo(3);
        assertThat(nobody.errorLine()).contains("nothing listens there");
        CommandRun unknown = CommandRun.of("dicom", "echo", "pacs");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.errorLine()).contains("AE@HOST:PORT", "dicom.json");
    }

    @Test
    void filesAreSentAndWhatIsNoDicomIsNamed() throws Exception {
        TestImages.entry("", folder, 1);
        TestImages.entry("", folder, 2);
        Path text = Files.writeString(folder.resolve("notes.txt"), "no image");
        try (DicomListener pacs = pacs(0)) {
            CommandRun sent = CommandRun.of("dicom", "send", folder, "--to", address(pacs));
            assertThat(sent.exitCode()).isZero();
            assertThat(sent.out()).contains("2 of 2");
            assertThat(sent.err()).contains("left out", text.toString());
            CommandRun named = CommandRun.of("dicom", "send", text, "--to", address(pacs));
            assertThat(named.exitCode()).isEqualTo(2);
            assertThat(named.errorLine()).contains(text.toString());
        }
        assertThat(CommandRun.of("dicom", "outbox").out()).contains("nothing waits");
        assertThat(CommandRun.of("dicom", "outbox", "list", "--all", "--json")
                        .json()
                        .path("rows"))
                .hasSize(2);
    }

    @Test
    void whatCannotBeSentWaitsAndIsSentOrGivenUpLater() throws Exception {
        TestImages.entry("", folder, 1);
        int port;
        try (DicomListener pacs = pacs(0xA700)) {
            port = pacs.port();
            CommandRun full = CommandRun.of("dicom", "send", folder, "--to", address(pacs));
            assertThat(full.exitCode()).isEqualTo(3);
            assertThat(full.errorLine()).contains("0xA700", "isocenter dicom outbox");
        }
        String address = "PACS@127.0.0.1:" + port;
        JsonNode row =
                CommandRun.of("dicom", "outbox", "--json").json().path("rows").path(0);
        assertThat(row.path("state").asText()).isEqualTo("PENDING");
        assertThat(row.path("destination").asText()).isEqualTo(address);
        assertThat(row.path("attempts").asInt()).isEqualTo(1);
        long number = row.path("number").asLong();
        CommandRun down = CommandRun.of("dicom", "outbox", "retry", number);
        assertThat(down.exitCode()).isEqualTo(3);
        assertThat(CommandRun.of("dicom", "outbox", "cancel", number).exitCode())
                .isZero();
        CommandRun twice = CommandRun.of("dicom", "outbox", "cancel", number);
        assertThat(twice.exitCode()).isEqualTo(1);
        assertThat(CommandRun.of("dicom", "outbox", "cancel", 99).exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("dicom", "outbox", "cancel").errorLine()).contains("--failed");
    }

    @Test
    void aRefusalIsToldByItsExitCode() throws Exception {
        TestImages.entry("", folder, 1);
        try (DicomListener pacs = pacs(0xA900)) {
            CommandRun refused = CommandRun.of("dicom", "send", folder, "--to", address(pacs), "--json");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.json().at("/rows/0/state").asText()).isEqualTo("FAILED");
        }
    }

    @Test
    void theSettingsAreShownAndWhatIsWrongInThemIsNamed() throws Exception {
        Destination pacs = new Destination.Dimse(
                "pacs", "ORTHANC", "pacs.example", 4242, Optional.empty(), Set.of(Service.WORKLIST), false);
        new DicomSettings("MR1", Optional.empty(), List.of(pacs)).write(IsocenterHome.folder());
        CommandRun shown = CommandRun.of("dicom", "settings");
        assertThat(shown.out()).contains("MR1", "pacs: ORTHANC@pacs.example:4242; worklist");
        CommandRun notForImages = CommandRun.of("dicom", "send", folder, "--to", "pacs");
        assertThat(notForImages.exitCode()).isEqualTo(2);
        assertThat(notForImages.errorLine()).contains("store");
        Path file = DicomSettings.file(IsocenterHome.folder());
        Files.writeString(file, "{\"port\": 1}");
        CommandRun wrong = CommandRun.of("dicom", "settings");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.errorLine()).contains(file + ", port", "no such key");
    }

    @Test
    void aScanIsNotStartedWhenItsDestinationIsUnknown() {
        CommandRun scan = CommandRun.of("scan", "se2d", "--out", folder.resolve("out"), "--dicom-send", "pacs");
        assertThat(scan.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
