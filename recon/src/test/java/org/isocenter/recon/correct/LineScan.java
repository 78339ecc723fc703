package org.isocenter.recon.correct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;
import org.isocenter.recon.array.ChannelGrid;

/** Readouts of one 2D slice, or of a slab, line by line. */
final class LineScan {
    private LineScan() {}

    static RawData of(ChannelGrid kSpace) {
        Vec3 fov = new Vec3(0.2, 0.2, 0.2);
        Encoding encoding = new Encoding(
                kSpace.sizeX(),
                kSpace.sizeY(),
                kSpace.sizeZ(),
                fov,
                kSpace.sizeX(),
                kSpace.sizeY(),
                kSpace.sizeZ(),
                fov,
                EncodingLimits.ofCount(kSpace.sizeY()),
                EncodingLimits.ofCount(kSpace.sizeZ()),
                1,
                1,
                1,
                1,
                0,
                Encoding.Trajectory.CARTESIAN,
                1);
        Study study = new Study("", "", "", "", "", "", null, Patient.UNKNOWN, PatientPosition.HFS, "", true);
        ScannerInfo scanner = new ScannerInfo("", "", "", "", "", "", 0.05, 2.1e6, kSpace.channels(), "");
        SequenceParameters sequence = new SequenceParameters(
                "", List.of(), List.of(), "2D", Double.NaN, List.of(), Double.NaN, Double.NaN, 1, 1, 4e-3, 1e-5);
        ScanHeader header = new ScanHeader("test", "", null, study, scanner, sequence, List.of(encoding), Map.of());
        List<Readout> readouts = new ArrayList<>();
        for (int row = 0; row < kSpace.sizeY() * kSpace.sizeZ(); row++) {
            readouts.add(readout(kSpace, row));
        }
        return RawData.of(header, readouts);
    }

    private static Readout readout(ChannelGrid kSpace, int row) {
        int samples = kSpace.sizeX();
        float[] real = new float[samples * kSpace.channels()];
        float[] imaginary = new float[samples * kSpace.channels()];
        for (int channel = 0; channel < kSpace.channels(); channel++) {
            System.arraycopy(kSpace.real(channel), row * samples, real, channel * samples, samples);
            System.arraycopy(kSpace.imaginary(channel), row * samples, imaginary, channel * samples, samples);
        }
        EncodingCounters counters =
                new EncodingCounters(row % kSpace.sizeY(), row / kSpace.sizeY(), 0, 0, 0, 0, 0, 0, 0);
        ReadoutHeader header = new ReadoutHeader(
                row, 0, counters, samples, kSpace.channels(), samples / 2, 0, 0, 1e-5, 0, 0, EncodingGeometry.AXIAL);
        return new Readout(header, real, imaginary);
    }

    /** The readouts' samples on their grid again. */
    static ChannelGrid kSpace(RawData raw, int channels, ChannelGrid like) {
        ChannelGrid kSpace = new ChannelGrid(channels, like.sizeX(), like.sizeY(), like.sizeZ());
        for (int row = 0; row < raw.size(); row++) {
            for (int channel = 0; channel < channels; channel++) {
                int samples = like.sizeX();
                Readout readout = raw.readout(row);
                System.arraycopy(readout.real(), channel * samples, kSpace.real(channel), row * samples, samples);
                System.arraycopy(
                        readout.imaginary(), channel * samples, kSpace.imaginary(channel), row * samples, samples);
            }
        }
        return kSpace;
    }
}
