package org.isocenter.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Image archives of others. A test that needs one skips where it is not installed. */
public final class Archives {
    private Archives() {}

    /**
     * An Orthanc of title ORTHANC, without a web server.
     *
     * @param options of its configuration, each with a comma before it
     */
    public static PeerProgram orthanc(Path folder, int port, String options) throws IOException, InterruptedException {
        return start(folder, port, ",\"HttpServerEnabled\":false" + options);
    }

    /** The same, which also speaks DICOMweb, at {@code http://localhost:WEBPORT/dicom-web}. */
    public static PeerProgram orthancWithWeb(Path folder, int port, int webPort, String options)
            throws IOException, InterruptedException {
        Path plugin = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");
        Assumptions.assumeTrue(Files.exists(plugin), "skipped: Orthanc has no DICOMweb");
        return start(
                folder,
                port,
                ",\"HttpPort\":" + webPort + ",\"RemoteAccessAllowed\":false,\"Plugins\":[\"" + plugin
                        + "\"],\"DicomWeb\":{\"Enable\":true,\"Root\":\"/dicom-web/\"}" + options);
    }

    private static PeerProgram start(Path folder, int port, String options) throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("orthanc"));
        Path configuration = data.resolve("orthanc.json");
        Files.writeString(
                configuration,
                "{\"Name\":\"peer\",\"DicomAet\":\"ORTHANC\",\"DicomPort\":" + port
                        + ",\"DicomCheckCalledAet\":true,\"DefaultEncoding\":\"Utf8\",\"StorageDirectory\":\"" + data
                        + "\",\"IndexDirectory\":\"" + data + "\"" + options + "}");
        return PeerProgram.start(data, port, List.of("/usr/sbin/Orthanc", configuration.toString()));
    }

    /** What tells an Orthanc where title ISOCENTER listens. */
    public static String knowingUs(int ourPort) {
        return ",\"DicomModalities\":{\"us\":[\"ISOCENTER\",\"127.0.0.1\"," + ourPort + "]}";
    }

    /** DCMTK's dcmqrscp of title ARCHIVE, which knows that title ISOCENTER listens at our port. */
    public static PeerProgram dcmqrscp(Path folder, int port, int ourPort) throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("dcmqrscp"));
        Path configuration = Files.writeString(data.resolve("dcmqrscp.cfg"), """
                NetworkTCPPort = %d
                MaxPDUSize = 16384
                MaxAssociations = 16
                HostTable BEGIN
                us = (ISOCENTER, 127.0.0.1, %d)
                HostTable END
                VendorTable BEGIN
                VendorTable END
                AETable BEGIN
                ARCHIVE %s RW (200, 64mb) ANY
                AETable END
                """.formatted(port, ourPort, data));
        return PeerProgram.start(data, port, List.of("dcmqrscp", "-c", configuration.toString()));
    }
}
