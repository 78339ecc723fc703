package org.isocenter.session.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.isocenter.dicom.net.AbortSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionTestTest {
    /** Tests the connection to a server that takes everything and says nothing, and breaks the test off. */
    private static ConnectionTest.Result brokenOff(ServerSocket silent, Destination destination) throws Exception {
        AbortSwitch abort = new AbortSwitch();
        CompletableFuture<ConnectionTest.Result> test = CompletableFuture.supplyAsync(
                () -> ConnectionTest.of(destination, DicomSettings.DEFAULT, abort::endsBy));
        try (Socket caller = silent.accept()) {
            assertThat(caller.getInputStream().read()).isNotNegative();
            abort.abort();
            return test.get();
        }
    }

    @Test
    void aTestOfADicomPeerEndsWhenItIsBrokenOff() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Destination peer = new Destination.Dimse(
                    "silent", "SILENT", "127.0.0.1", silent.getLocalPort(), Optional.empty(), Set.of(), false);
            assertThat(brokenOff(silent, peer).text()).contains("was aborted here");
        }
    }

    @Test
    void aTestOfAWebServiceEndsWhenItIsBrokenOff() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/web");
            for (Destination.WebKind kind : Destination.WebKind.values()) {
                Destination web =
                        new Destination.Web("silent", kind, url, Optional.empty(), Optional.empty(), Set.of(), false);
                assertThat(brokenOff(silent, web).text()).endsWith("cancelled");
            }
        }
    }
}
