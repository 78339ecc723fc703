package org.isocenter.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.testing.Peer;

/** Certificates made for a test by openssl, each {@code NAME.pem} with its key {@code NAME.key}. */
record TlsFiles(Path folder) {
    private static final List<String> CURVE = List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");

    /** An authority "ca", and certificates of it: "server" for 127.0.0.1, "client", "expired", "elsewhere"; and "stranger". */
    static TlsFiles make(Path folder) throws IOException {
        TlsFiles files = new TlsFiles(folder);
        files.selfSigned("ca");
        files.selfSigned("stranger");
        files.signed("server", "IP:127.0.0.1,DNS:localhost", 10);
        files.signed("client", "DNS:client", 10);
        files.signed("expired", "IP:127.0.0.1", -1);
        files.signed("elsewhere", "DNS:elsewhere.example", 10);
        return files;
    }

    Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    Path key(String name) {
        return folder.resolve(name + ".key");
    }

    TlsSettings trustingCa() {
        return TlsSettings.trusting(certificate("ca"));
    }

    TlsSettings as(String name) {
        return trustingCa().withIdentity(certificate(name), key(name));
    }

    private void selfSigned(String name) {
        List<String> command =
                new ArrayList<>(List.of("req", "-x509", "-nodes", "-days", "10", "-subj", "/CN=" + name));
        command.addAll(CURVE);
        command.addAll(List.of("-keyout", "" + key(name), "-out", "" + certificate(name)));
        openssl(command);
    }

    private void signed(String name, String alternativeName, int days) throws IOException {
        Path request = folder.resolve(name + ".csr");
        List<String> command = new ArrayList<>(List.of("req", "-nodes", "-subj", "/CN=" + name));
        command.addAll(CURVE);
        command.addAll(List.of("-keyout", "" + key(name), "-out", "" + request));
        openssl(command);
        Path extensions = Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=" + alternativeName);
        openssl(List.of(
                "x509",
                "-req",
                "-in",
                "" + request,
                "-CA",
                "" + certificate("ca"),
                "-CAkey",
                "" + key("ca"),
                "-CAcreateserial",
                "-days",
                "" + days,
                "-extfile",
                "" + extensions,
                "-out",
                "" + certificate(name)));
    }

    void openssl(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        Peer.Output output = Peer.run(command);
        assertThat(output.exitCode()).as(output.text()).isZero();
    }
}
