package org.isocenter.session.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.mrd.MrdMessages;
import org.isocenter.recon.mrd.VolumeImages;
import org.isocenter.recon.remote.ScanCollector;

/** MRD streams through standard input and output, as between the programs of ISMRMRD's tools. */
final class ImageStream {
    /** What is named instead of a file. */
    static final String STANDARD = "-";

    /** Of memory that a scan may take, as a part of all. */
    private static final int MEMORY_SHARE = 2;

    private ImageStream() {}

    /** Takes a scan, up to the stream's end. */
    static ScanCollector.Contents scan(InputStream in) throws IOException {
        return ScanCollector.read(Channels.newChannel(in), Runtime.getRuntime().maxMemory() / MEMORY_SHARE);
    }

    /** Writes the scan's header, a series of images for each volume, and the end. */
    static void write(RawData raw, List<ImageVolume> volumes, OutputStream out) throws IOException {
        WritableByteChannel channel = Channels.newChannel(out);
        writeFully(channel, MrdMessages.header(raw.header()));
        for (int series = 0; series < volumes.size(); series++) {
            for (MrdImage image : VolumeImages.of(volumes.get(series), raw.header(), series)) {
                writeFully(channel, MrdMessages.image(image));
            }
        }
        writeFully(channel, MrdMessages.close());
        out.flush();
    }

    private static void writeFully(WritableByteChannel channel, ByteBuffer message) throws IOException {
        while (message.hasRemaining()) {
            channel.write(message);
        }
    }
}
