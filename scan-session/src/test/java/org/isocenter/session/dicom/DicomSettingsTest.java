package org.isocenter.session.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.TlsSettings;
import org.isocenter.dicom.web.WebSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DicomSettingsTest {
    @TempDir
    Path home;

    private DicomSettings whole() throws Exception {
        Path certificate = Files.writeString(home.resolve("own.pem"), "x");
        Path key = Files.writeString(home.resolve("own.key"), "x");
        Path token = Files.writeString(home.resolve("token"), "x");
        TlsSettings tls = TlsSettings.trusting(certificate).withIdentity(certificate, key);
        return new DicomSettings(
                "MR 1",
                Optional.of(new DicomSettings.Listening(11112, Optional.of(tls))),
                List.of(
                        new Destination.Dimse(
                                "pacs",
                                "ORTHANC",
                                "::1",
                                4242,
                                Optional.of(tls),
                                Set.of(Service.STORE, Service.COMMITMENT),
                                true),
                        new Destination.Web(
                                "cloud",
                                Destination.WebKind.DICOMWEB,
                                URI.create("https://pacs.example/dicom-web"),
                                Optional.of(token),
                                Optional.empty(),
                                Set.of(Service.STORE),
                                false)));
    }

    @Test
    void whatIsWrittenIsReadBackEqual() throws Exception {
        DicomSettings settings = whole();
        settings.write(home);
        assertThat(DicomSettings.read(home)).isEqualTo(settings);
        assertThat(settings.find("pacs").orElseThrow().address()).isEqualTo("ORTHANC@[::1]:4242");
        assertThat(settings.automatic()).extracting(Destination::name).containsExactly("pacs");
    }

    @Test
    void whatADestinationNeedsGoesBeforeWhatTheConsoleHas() throws Exception {
        write(
                "{'localAeTitle':'MR','listen':{'port':104},'network':{'connectSeconds':5,'replySeconds':90,'idleSeconds':7,"
                        + "'maxOperations':2,'maxAssociations':3},'destinations':["
                        + "{'name':'p','aeTitle':'A','host':'h','port':1,'network':{'replySeconds':300,'maxPduBytes':16384}},"
                        + "{'name':'w','kind':'dicomweb','url':'http://h/w','network':{'stallSeconds':8}}]}");
        DicomSettings settings = DicomSettings.read(home);
        NetSettings usual = NetSettings.of("MR");
        Destination.Dimse pacs = (Destination.Dimse) settings.find("p").orElseThrow();
        assertThat(settings.net(pacs))
                .isEqualTo(new NetSettings(
                        "MR",
                        Duration.ofSeconds(5),
                        usual.associateTimeout(),
                        Duration.ofSeconds(300),
                        usual.pduTimeout(),
                        usual.releaseTimeout(),
                        Duration.ofSeconds(7),
                        16384,
                        2,
                        usual.maxDatasetBytes()));
        assertThat(settings.net().replyTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.listener(List.of()).orElseThrow().maxAssociations()).isEqualTo(3);
        WebSettings web = settings.web((Destination.Web) settings.find("w").orElseThrow());
        assertThat(List.of(web.connectTimeout(), web.replyTimeout(), web.stallTimeout()))
                .extracting(Duration::toSeconds)
                .containsExactly(5L, 90L, 8L);
        settings.write(home);
        assertThat(DicomSettings.read(home)).isEqualTo(settings);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheirOwnerMayReadThem() throws Exception {
        whole().write(home);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(DicomSettings.file(home))))
                .isEqualTo("rw-------");
    }

    @Test
    void withoutAFileNobodyIsSpokenWithAndNobodyMayCall() throws Exception {
        DicomSettings settings = DicomSettings.read(home);
        assertThat(settings).isEqualTo(DicomSettings.DEFAULT);
        assertThat(settings.listening()).isEmpty();
        assertThat(settings.destinations()).isEmpty();
    }

    @Test
    void fileNamesAreOfTheSettingsFolder() throws Exception {
        Files.writeString(home.resolve("token"), "x");
        write(
                "{'destinations':[{'name':'w','kind':'fhir','url':'http://h/fhir','tokenFile':'token','services':['worklist']}]}");
        assertThat(DicomSettings.read(home).destinations())
                .singleElement()
                .isInstanceOfSatisfying(
                        Destination.Web.class,
                        web -> assertThat(web.tokenFile()).contains(home.resolve("token")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'aeTitle':'X'}|, aeTitle)|known here are",
                "{'localAeTitle':'SEVENTEEN_LETTERS'}|, localAeTitle)|1 to 16",
                "{'localAeTitle':'A\\\\B'}|, localAeTitle)|backslash",
                "{'listen':{'port':0}}|, listen.port)|1 to 65535",
                "{'listen':{}}|, listen.port)|add it",
                "{'listen':{'port':104,'tls':{}}}|, listen.tls)|add certificate and key",
                "{'destinations':[{'name':'p','aeTitle':'A','host':'h','port':70000}]}|, destinations[0].port)|65535",
                "{'destinations':[{'name':'p','aeTitle':'','host':'h','port':1}]}|, destinations[0].aeTitle)|1 to 16",
                "{'destinations':[{'name':'p','aeTitle':'A','port':1}]}|, destinations[0].host)|add it",
                "{'destinations':[{'name':'p','kind':'ftp'}]}|, destinations[0].kind)|dimse, dicomweb or fhir",
                "{'destinations':[{'name':'A@h:1','aeTitle':'A','host':'h','port':1}]}|, destinations[0].name)|no @",
                "{'destinations':[{'name':'p','aeTitle':'A','host':'h','port':1,'tls':{'trust':['none.pem']}}]}"
                        + "|, destinations[0].tls.trust[0])|none.pem",
                "{'destinations':[{'name':'p','aeTitle':'A','host':'h','port':1,'tls':{'key':'c'}}]}"
                        + "|, destinations[0].tls)|add the certificate",
                "{'destinations':[{'name':'p','aeTitle':'A','host':'h','port':1,'services':['print']}]}"
                        + "|, destinations[0].services[0])|store, worklist",
                "{'destinations':[{'name':'p','aeTitle':'A','host':'h','port':1,'services':['commitment']}]}"
                        + "|, destinations[0].services)|add store",
                "{'destinations':[{'name':'p','kind':'dicomweb','url':'pacs/x'}]}|, destinations[0].url)|https://host",
                "{'destinations':[{'name':'p','aeTitle':'A','host':'h','port':1},{'name':'p','aeTitle':'A','host':'h','port':2}]}"
                        + "|, destinations)|a name of its own",
                "{'destinations':[{'name':'p','kind':'dicomweb','url':'https://h','tls':{'verifyHostName':false}}]}"
                        + "|, destinations[0].tls.verifyHostName)|name its own certificate in trust",
                "{'network':{'connectSeconds':0}}|, network.connectSeconds)|from 1 to 3600",
                "{'network':{'replySeconds':'60'}}|, network.replySeconds)|whole number",
                "{'network':{'maxPduBytes':4095}}|, network.maxPduBytes)|from 4096 to 1048576",
                "{'network':{'maxOperations':65}}|, network.maxOperations)|from 1 to 64",
                "{'network':{'timeout':5}}|, network.timeout)|connectSeconds",
                "{'network':[]}|, network)|{ … } with",
                "{'destinations':[{'name':'p','aeTitle':'A','host':'h','port':1,'network':{'maxAssociations':4}}]}"
                        + "|, destinations[0].network.maxAssociations)|maxOperations",
                "{'destinations':[{'name':'p','kind':'fhir','url':'http://h','network':{'pduSeconds':4}}]}"
                        + "|, destinations[0].network.pduSeconds)|stallSeconds",
                "{'localAeTitle':|, line 1)|mend the file",
            })
    void aRefusalNamesFileAndKeyAndSaysWhatToDo(String json, String where, String remedy) throws Exception {
        write(json);
        assertThatThrownBy(() -> DicomSettings.read(home))
                .isInstanceOf(DicomSettingsException.class)
                .hasMessageContaining(DicomSettings.file(home).toString())
                .hasMessageContaining(where)
                .hasMessageContaining(remedy);
    }

    @Test
    void whatWouldNotBeReadIsNotWrittenAndLeavesTheOldSettings() throws Exception {
        whole().write(home);
        DicomSettings wrong = new DicomSettings("", Optional.empty(), List.of());
        assertThat(wrong.problem())
                .hasValueSatisfying(problem -> assertThat(problem.key()).isEqualTo("localAeTitle"));
        assertThatThrownBy(() -> wrong.write(home)).isInstanceOf(DicomSettingsException.class);
        assertThat(DicomSettings.read(home)).isEqualTo(whole());
        assertThat(home).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    private void write(String json) throws Exception {
        Files.writeString(DicomSettings.file(home), json.replace('\'', '"'));
    }
}
