package org.isocenter.recon.mrd;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;

/** Makes a readout of a file's record, whose header and arrays may contradict one another. */
final class RecordDecoder {
    private static final float[] NONE = {};

    private final String file;
    private final MrdNotes notes;

    RecordDecoder(String file, MrdNotes notes) {
        this.file = file;
        this.notes = notes;
    }

    /**
     * @param trajectory f32, little endian
     * @param data f32, little endian: re, im interleaved, sample fastest, then channel
     */
    Readout decode(ByteBuffer head, long record, ByteBuffer trajectory, ByteBuffer data) throws MrdFormatException {
        ReadoutHeader header = AcquisitionHeaderCodec.get(head, 0, notes);
        int samples = header.samples();
        int values = data.remaining() / 4;
        if (2L * samples * header.channels() != values) {
            header = header.withChannels(channels(header, record, values));
        }
        int dimensions = AcquisitionHeaderCodec.trajectoryDimensions(head, 0);
        int positions = trajectory.remaining() / 4;
        if ((long) dimensions * samples != positions) {
            notes.addForReadout(
                    header.scanCounter(), "the trajectory does not have its dimensions times samples: left out");
            dimensions = 0;
            positions = 0;
        }
        float[] path = positions == 0 ? NONE : new float[positions];
        trajectory.asFloatBuffer().get(path);
        float[] real = new float[values / 2];
        float[] imaginary = new float[values / 2];
        FloatBuffer interleaved = data.asFloatBuffer();
        for (int i = 0; i < real.length; i++) {
            real[i] = interleaved.get(2 * i);
            imaginary[i] = interleaved.get(2 * i + 1);
        }
        return new Readout(header, real, imaginary, dimensions, path);
    }

    private int channels(ReadoutHeader header, long record, int values) throws MrdFormatException {
        int samples = header.samples();
        if (samples == 0 || values % (2 * samples) != 0) {
            throw new MrdFormatException(
                    file,
                    "readout " + record,
                    "holds " + values + " values, its header says 2 × " + samples + " samples × " + header.channels()
                            + " channels");
        }
        int channels = values / (2 * samples);
        notes.addForReadout(
                header.scanCounter(),
                "active_channels is " + header.channels() + ", the data have " + channels + ": those were read");
        return channels;
    }
}
