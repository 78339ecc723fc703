package org.isocenter.recon.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrayReaderTest {
    @TempDir
    Path folder;

    @Test
    void numpysChannelsLinesAndSamplesBecomeReadouts() throws Exception {
        ArrayReader.Result result = read(npy(3, 4, 5), ArrayScan.UNTOLD);
        RawData raw = result.raw();
        assertThat(raw.size()).isEqualTo(4);
        Readout readout = raw.readout(2);
        assertThat(readout.header().channels()).isEqualTo(3);
        assertThat(readout.header().samples()).isEqualTo(5);
        assertThat(readout.header().centerSample()).isEqualTo(2);
        assertThat(readout.header().counters().step1()).isEqualTo(2);
        // Channel 1, line 2, sample 3; imaginary parts are negatives.
        assertThat(readout.real()[1 * 5 + 3]).isEqualTo(value(1 * 20 + 2 * 5 + 3));
        assertThat(readout.imaginary()[1 * 5 + 3]).isEqualTo(-value(1 * 20 + 2 * 5 + 3));
        Encoding encoding = raw.header().encodings().get(0);
        assertThat(encoding.step1().center()).isEqualTo(2);
        assertThat(encoding.reconFovMeters().x()).isEqualTo(5e-3, within(1e-12));
        assertThat(result.notes()).anyMatch(note -> note.contains("3×4×5") && note.contains("channel,y,x"));
        assertThat(result.notes()).anyMatch(note -> note.contains("--fov"));
    }

    @Test
    void aLayoutNamesTheAxesInAnyOrder() throws Exception {
        ArrayScan told = scan("x,slice,1,y,channel", 0.24, 0.2, 0.006);
        RawData raw = read(npy(5, 2, 1, 4, 3), told).raw();
        assertThat(raw.size()).isEqualTo(8);
        Readout readout = raw.readout(4 + 1);
        assertThat(readout.header().counters()).isEqualTo(new EncodingCounters(1, 0, 0, 1, 0, 0, 0, 0, 0));
        // Sample 3, slice 1, line 1, channel 2 of 5×2×1×4×3.
        assertThat(readout.real()[2 * 5 + 3]).isEqualTo(value(((3 * 2 + 1) * 4 + 1) * 3 + 2));
        assertThat(readout.header().geometry().centerMeters().z()).isEqualTo(0.003, within(1e-12));
        Encoding encoding = raw.header().encodings().get(0);
        assertThat(encoding.slices()).isEqualTo(2);
        assertThat(encoding.reconFovMeters().y()).isEqualTo(0.2);
        assertThat(encoding.sliceSpacingMeters()).isEqualTo(0.006);
    }

    @Test
    void axesOfOneElementAreNoReasonToAsk() throws Exception {
        RawData raw = read(npy(1, 12, 6), ArrayScan.UNTOLD).raw();
        assertThat(raw.size()).isEqualTo(12);
        assertThat(raw.readout(0).header().samples()).isEqualTo(6);
        assertThat(raw.readout(0).header().channels()).isEqualTo(1);
    }

    @Test
    void aPlaneAcrossBartsReadoutsHasItsLinesAlongTheFirstPhase() throws Exception {
        CflFile.write(folder.resolve("plane"), new int[] {1, 6, 4, 3}, values(72, 1), values(72, -1));
        RawData raw = read(folder.resolve("plane.cfl"), ArrayScan.UNTOLD).raw();
        assertThat(raw.size()).isEqualTo(4);
        assertThat(raw.readout(0).header().samples()).isEqualTo(6);
        assertThat(raw.readout(0).header().channels()).isEqualTo(3);
        assertThat(raw.readout(2).real()[5]).isEqualTo(value(2 * 6 + 5));
    }

    @Test
    void bartsDimensionsNeedNoLayout() throws Exception {
        CflFile.write(folder.resolve("k"), new int[] {6, 4, 2, 3, 1, 2}, values(288, 1), values(288, -1));
        RawData raw = read(folder.resolve("k.cfl"), ArrayScan.UNTOLD).raw();
        assertThat(raw.size()).isEqualTo(16);
        Readout readout = raw.readout(8 + 4 + 3);
        assertThat(readout.header().counters()).isEqualTo(new EncodingCounters(3, 1, 0, 0, 1, 0, 0, 0, 0));
        // Sample 5, line 3, partition 1, channel 2, echo 1.
        assertThat(readout.real()[2 * 6 + 5]).isEqualTo(value(5 + 6 * (3 + 4 * (1 + 2 * (2 + 3)))));
        assertThat(raw.header().sequence().acquisitionType()).isEqualTo("3D");
    }

    @Test
    void linesThatAreZeroWereNotMeasured() throws Exception {
        float[] real = values(20, 1);
        float[] imaginary = values(20, 1);
        java.util.Arrays.fill(real, 5, 10, 0);
        java.util.Arrays.fill(imaginary, 5, 10, 0);
        NpyFile.write(folder.resolve("a.npy"), new int[] {4, 5}, real, imaginary);
        ArrayReader.Result result = read(folder.resolve("a.npy"), ArrayScan.UNTOLD);
        assertThat(result.raw().size()).isEqualTo(3);
        assertThat(result.raw().readout(1).header().counters().step1()).isEqualTo(2);
        assertThat(result.raw().isComplete()).isTrue();
        assertThat(result.notes()).anyMatch(note -> note.contains("1 of 4 lines"));
    }

    @Test
    void aLayoutThatDoesNotFitIsRefusedWithTheShape() throws Exception {
        Path file = npy(3, 4, 5);
        assertThatThrownBy(() -> read(file, scan("y,x")))
                .isInstanceOf(ArrayFormatException.class)
                .hasMessageContaining("is 3×4×5 (3 axes)")
                .hasMessageContaining("the layout y,x has 2");
        assertThatThrownBy(() -> read(file, scan("1,y,x")))
                .hasMessageContaining("3 elements do not fit the axis 1 of the layout 1,y,x");
        assertThatThrownBy(() -> Layout.parse("y,w"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no axis 'w'")
                .hasMessageContaining("channel or coil");
        assertThatThrownBy(() -> Layout.parse("x,y,y")).hasMessageContaining("y comes twice");
        assertThatThrownBy(() -> Layout.parse("channel,y")).hasMessageContaining("no axis is x");
        Path five = npy(2, 2, 2, 2, 2);
        assertThatThrownBy(() -> read(five, ArrayScan.UNTOLD)).hasMessageContaining("name its axes");
    }

    /** Spokes as BART has them: 3×samples×shots, in cycles per field of view. */
    @Test
    void bartsTrajectoriesGoWithTheirSpokes() throws Exception {
        int samples = 8;
        int shots = 3;
        float[] positions = new float[3 * samples * shots];
        for (int shot = 0; shot < shots; shot++) {
            for (int s = 0; s < samples; s++) {
                positions[(shot * samples + s) * 3] = (float) ((s - 4) * Math.cos(shot));
                positions[(shot * samples + s) * 3 + 1] = (float) ((s - 4) * Math.sin(shot));
            }
        }
        CflFile.write(folder.resolve("t"), new int[] {3, samples, shots}, positions, null);
        CflFile.write(folder.resolve("k"), new int[] {1, samples, shots, 2}, values(48, 1), values(48, -1));
        ArrayReader.Result result = read(
                folder.resolve("k"),
                new ArrayScan(null, null, new double[] {0.2}, folder.resolve("t"), null, new int[0]));
        RawData raw = result.raw();
        assertThat(raw.size()).isEqualTo(3);
        Readout readout = raw.readout(2);
        assertThat(readout.trajectoryDimensions()).isEqualTo(2);
        assertThat(readout.trajectoryPerMeter()[2 * 6]).isEqualTo(positions[(2 * samples + 6) * 3]);
        assertThat(readout.trajectoryPerMeter()[2 * 6 + 1]).isEqualTo(positions[(2 * samples + 6) * 3 + 1]);
        assertThat(readout.real()[samples + 5]).isEqualTo(value(5 + samples * (2 + shots)));
        assertThat(raw.header().userParameters()).containsEntry(ScanHeader.TRAJECTORY_UNIT, "cycles/fov");
        Encoding encoding = raw.header().encodings().get(0);
        assertThat(encoding.trajectory()).isEqualTo(Encoding.Trajectory.RADIAL);
        assertThat(encoding.reconX()).isEqualTo(8);
        assertThat(encoding.reconY()).isEqualTo(8);
        assertThat(encoding.reconZ()).isEqualTo(1);
    }

    @Test
    void numpysTrajectoriesHaveTheirDirectionsFirstOrLast() throws Exception {
        Path data = npy(4, 5);
        for (int[] shape : new int[][] {{4, 5, 2}, {2, 4, 5}}) {
            float[] positions = new float[40];
            for (int i = 0; i < 40; i++) {
                int direction = shape[0] == 2 ? i / 20 : i % 2;
                int sample = shape[0] == 2 ? i % 20 : i / 2;
                positions[i] = (float) (0.5 * Math.sin(1 + sample * sample + 2 * direction));
            }
            NpyFile.write(folder.resolve("t.npy"), shape, positions, null);
            ArrayScan told = new ArrayScan(null, null, new double[0], folder.resolve("t.npy"), null, new int[] {32});
            RawData raw = read(data, told).raw();
            Readout readout = raw.readout(3);
            assertThat(readout.trajectoryPerMeter()[2 * 4 + 1]).isEqualTo((float) (0.5 * Math.sin(1 + 19 * 19 + 2)));
            assertThat(raw.header().encodings().get(0).trajectory()).isEqualTo(Encoding.Trajectory.OTHER);
            assertThat(raw.header().encodings().get(0).reconY()).isEqualTo(32);
            assertThat(raw.header().userParameters()).containsEntry(ScanHeader.TRAJECTORY_UNIT, "cycles/pixel");
        }
        NpyFile.write(folder.resolve("t.npy"), new int[] {5, 4, 2}, new float[40], null);
        ArrayScan wrong = new ArrayScan(null, null, new double[0], folder.resolve("t.npy"), null, new int[0]);
        assertThatThrownBy(() -> read(data, wrong))
                .isInstanceOf(ArrayFormatException.class)
                .hasMessageContaining("t.npy: is 5×4×2")
                .hasMessageContaining("4 along y, 5 along x");
    }

    @Test
    void samplesAndPositionsMayBeArraysOfOneMatlabFile() throws Exception {
        Path file = folder.resolve("both.mat");
        Peer.python(List.of("scipy"), """
                import numpy, scipy.io, sys
                k = numpy.arange(1., 21).reshape(5, 4)
                t = numpy.stack([numpy.sin(k), numpy.cos(k)], axis=2) / 2
                scipy.io.savemat(sys.argv[1], {'k': k * 1j, 't': t})
                """, file.toString());
        RawData raw = read(file, new ArrayScan("k", null, new double[0], file, "t", new int[] {8}))
                .raw();
        assertThat(raw.size()).isEqualTo(5);
        assertThat(raw.readout(4).imaginary()[1]).isEqualTo(18);
        assertThat(raw.readout(4).trajectoryPerMeter()[2 * 1 + 1]).isEqualTo((float) (Math.cos(18) / 2));
        ArrayScan unnamed = new ArrayScan("k", null, new double[0], file, null, new int[] {8});
        assertThatThrownBy(() -> read(file, unnamed)).hasMessageContaining("--trajectory-variable: k (5×4), t (5×4×2)");
    }

    /** As MATLAB's spirals come: complex positions, samples before shots, one file. */
    @Test
    void complexPositionsBesideTheSamplesTellWhichAxisAReadoutRunsAlong() throws Exception {
        Path file = folder.resolve("spiral.mat");
        Peer.python(List.of("scipy"), """
                import numpy, scipy.io, sys
                t = numpy.linspace(0, 1, 50)[:, None]
                k = t / 2 * numpy.exp(1j * (12 * t + 2 * numpy.pi * numpy.arange(7) / 7))
                d = numpy.arange(50 * 7 * 3).reshape(50, 7, 3) + 1
                scipy.io.savemat(sys.argv[1], {'k': k, 'd': d, 'turned': k.T, 'dt': d.transpose(1, 0, 2)})
                """, file.toString());
        for (String[] names : new String[][] {{"d", "k", "x,y,channel"}, {"dt", "turned", "y,x,channel"}}) {
            ArrayReader.Result result =
                    read(file, new ArrayScan(names[0], null, new double[0], null, names[1], new int[0]));
            assertThat(result.notes()).anyMatch(note -> note.contains("taken to be " + names[2]));
            RawData raw = result.raw();
            assertThat(raw.size()).isEqualTo(7);
            assertThat(raw.readout(6).header().samples()).isEqualTo(50);
            assertThat(raw.readout(6).header().channels()).isEqualTo(3);
            assertThat(raw.readout(6).real()[2]).isEqualTo(1 + (2 * 7 + 6) * 3);
            double angle = 12 + 2 * Math.PI * 6 / 7;
            float[] at = raw.readout(6).trajectoryPerMeter();
            assertThat(at[2 * 49]).isCloseTo((float) (Math.cos(angle) / 2), within(1e-6f));
            assertThat(at[2 * 49 + 1]).isCloseTo((float) (Math.sin(angle) / 2), within(1e-6f));
            // 350 samples fill the disc in a square of 22 pixels: 50, the samples of a readout, would be too many.
            assertThat(raw.header().encodings().get(0).reconX()).isEqualTo(22);
        }
    }

    /** As data sets for learning have it: HDF5 with slices of k-space by name, and other things beside. */
    @Test
    void anArrayOfHdf5IsReadByItsNameWithItsAxesAsStored() throws Exception {
        Path file = folder.resolve("set.h5");
        Peer.python(List.of("h5py"), """
                import numpy, h5py, sys
                with h5py.File(sys.argv[1], 'w') as f:
                    k = numpy.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5) + 1
                    f.create_dataset('kspace', data=(k - 1j * k).astype('complex64'), chunks=(1, 3, 4, 5))
                    f.create_dataset('reconstruction_rss', data=numpy.ones((2, 4, 4), 'float32'))
                    f['ismrmrd_header'] = '<ismrmrdHeader/>'
                """, file.toString());
        assertThat(ArrayFile.of(file)).isNull();
        ArrayScan told =
                new ArrayScan("kspace", Layout.parse("slice,channel,y,x"), new double[0], null, null, new int[0]);
        RawData raw = ArrayReader.read(ArrayFile.hdf5(file), told).raw();
        assertThat(raw.size()).isEqualTo(8);
        assertThat(raw.readout(5).header().counters().slice()).isEqualTo(1);
        assertThat(raw.readout(5).header().channels()).isEqualTo(3);
        float value = 1 + ((1 * 3 + 2) * 4 + 1) * 5 + 3;
        assertThat(raw.readout(5).real()[2 * 5 + 3]).isEqualTo(value);
        assertThat(raw.readout(5).imaginary()[2 * 5 + 3]).isEqualTo(-value);
    }

    private static ArrayReader.Result read(Path file, ArrayScan told) throws IOException {
        return ArrayReader.read(ArrayFile.of(file), told);
    }

    private static ArrayScan scan(String layout, double... fov) {
        return new ArrayScan(null, Layout.parse(layout), fov, null, null, new int[0]);
    }

    private Path npy(int... shape) throws IOException {
        int count = 1;
        for (int extent : shape) {
            count *= extent;
        }
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, shape, values(count, 1), values(count, -1));
        return file;
    }

    private static float value(int index) {
        return 1 + index;
    }

    private static float[] values(int count, int sign) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = sign * value(i);
        }
        return values;
    }
}
