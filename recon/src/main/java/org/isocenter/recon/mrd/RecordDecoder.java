package org.isocenter.recon.mrd;

import java.nio.ByteBuffer;
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

    /** @param data re, im interleaved, sample fastest, then channel */
    Readout decode(ByteBuffer head, int record, float[] trajectory, float[] data) throws MrdFormatException {
        ReadoutHeader header = AcquisitionHeaderCodec.get(head, 0, notes);
        int samples = header.samples();
        long values = 2L * samples * header.channels();
        if (values != data.length) {
            header = header.withChannels(channels(header, record, data.length));
        }
        int dimensions = AcquisitionHeaderCodec.trajectoryDimensions(head, 0);
        if ((long) dimensions * samples != trajectory.length) {
            notes.addForReadout(
                    header.scanCounter(), "the trajectory does not have its dimensions times samples: left out");
            return planar(header, data, 0, NONE);
        }
        return planar(header, data, dimensions, trajectory);
    }

    private int channels(ReadoutHeader header, int record, int values) throws MrdFormatException {
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

    private static Readout planar(ReadoutHeader header, float[] data, int dimensions, float[] trajectory) {
        float[] real = new float[data.length / 2];
        float[] imaginary = new float[data.length / 2];
        for (int i = 0; i < real.length; i++) {
            real[i] = data[2 * i];
            imaginary[i] = data[2 * i + 1];
        }
        return new Readout(header, real, imaginary, dimensions, trajectory);
    }
}
