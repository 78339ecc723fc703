package org.isocenter.session.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final int ID_AND_LENGTH = 6;

    private ImageStream() {}

    /** Takes a scan, up to the stream's end. */
    static ScanCollector.Contents scan(InputStream in) throws IOException {
        return ScanCollector.read(Channels.newChannel(in), Runtime.getRuntime().maxMemory() / MEMORY_SHARE);
    }

    /** Whether a file is a stream that somebody kept: it begins with a configuration or a header that has room in it. */
    static boolean isStream(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer start = ByteBuffer.allocate(ID_AND_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
            while (start.hasRemaining() && channel.read(start) >= 0) {}
            if (start.hasRemaining()) {
                return false;
            }
            int id = start.getShort(0);
            long length = Integer.toUnsignedLong(start.getInt(2));
            return id == MrdMessages.CONFIG_FILE && start.get(2) >= ' '
                    || (id == MrdMessages.HEADER || id == MrdMessages.CONFIG_TEXT)
                            && length > 0
                            && length <= channel.size() - ID_AND_LENGTH;
        }
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
