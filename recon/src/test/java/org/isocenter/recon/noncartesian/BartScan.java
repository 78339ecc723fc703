package org.isocenter.recon.noncartesian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.testing.Peer;

/** BART's phantom along any plane trajectory, as raw data of ours, and what BART makes of it. */
final class BartScan {
    /** Complex values, interleaved, first dimension fastest. */
    record Cfl(int[] dimensions, float[] values) {}

    private static final double FOV_METERS = 0.2;

    private final Path folder;
    private final int matrix;

    BartScan(Path folder, int matrix) {
        this.folder = folder;
        this.matrix = matrix;
    }

    /** Whole spokes, twice as many samples as pixels; more arguments for {@code bart traj}. In turns across the field of view. */
    List<float[]> spokes(int count, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("traj", "-r", "-x", "" + 2 * matrix, "-y", "" + count));
        arguments.addAll(List.of(more));
        arguments.add("fine");
        bart(arguments.toArray(String[]::new));
        bart("scale", "0.5", "fine", "spokes");
        float[] all = read("spokes").values;
        List<float[]> spokes = new ArrayList<>();
        for (int spoke = 0; spoke < count; spoke++) {
            float[] trajectory = new float[4 * matrix];
            for (int s = 0; s < 2 * matrix; s++) {
                trajectory[2 * s] = all[6 * (spoke * 2 * matrix + s)];
                trajectory[2 * s + 1] = all[6 * (spoke * 2 * matrix + s) + 2];
            }
            spokes.add(trajectory);
        }
        return spokes;
    }

    /** The phantom's k-space, in the files "traj" and "data" and as raw data. */
    RawData measure(List<float[]> trajectories, int channels) throws IOException {
        int perReadout = trajectories.get(0).length / 2;
        int count = perReadout * trajectories.size();
        float[] trajectory = new float[6 * count];
        for (int i = 0; i < count; i++) {
            trajectory[6 * i] = trajectories.get(i / perReadout)[2 * (i % perReadout)];
            trajectory[6 * i + 2] = trajectories.get(i / perReadout)[2 * (i % perReadout) + 1];
        }
        write("traj", trajectory, 3, perReadout, trajectories.size());
        if (channels == 1) {
            bart("phantom", "-k", "-t", "traj", "data");
        } else {
            bart("phantom", "-k", "-s", "" + channels, "-t", "traj", "data");
        }
        return raw(trajectories, read("data").values, channels);
    }

    /** What was measured, told to be at other positions. */
    RawData told(List<float[]> trajectories, int channels) throws IOException {
        return raw(trajectories, read("data").values, channels);
    }

    private RawData raw(List<float[]> trajectories, float[] data, int channels) {
        int perReadout = trajectories.get(0).length / 2;
        List<Readout> readouts = new ArrayList<>();
        for (int r = 0; r < trajectories.size(); r++) {
            float[] real = new float[perReadout * channels];
            float[] imaginary = new float[perReadout * channels];
            for (int i = 0; i < real.length; i++) {
                int from = (i / perReadout * trajectories.size() + r) * perReadout + i % perReadout;
                real[i] = data[2 * from];
                imaginary[i] = data[2 * from + 1];
            }
            float[] perMeter = trajectories.get(r).clone();
            for (int i = 0; i < perMeter.length; i++) {
                perMeter[i] /= (float) FOV_METERS;
            }
            EncodingCounters counters = new EncodingCounters(r, 0, 0, 0, 0, 0, 0, 0, 0);
            ReadoutHeader header = new ReadoutHeader(
                    r, 0, counters, perReadout, channels, 0, 0, 0, 1e-5, 0, 0, EncodingGeometry.AXIAL);
            readouts.add(new Readout(header, real, imaginary, 2, perMeter));
        }
        return RawData.of(
                new BlobScan(matrix, 2, FOV_METERS)
                        .header(Encoding.Trajectory.RADIAL, readouts.size(), 1, Map.of("trajectory_unit", "1/m")),
                readouts);
    }

    /** The density weights that our gridding uses, in the order of BART's data, multiplied to them: the file "weighted". */
    void weigh(List<float[]> trajectories, int channels) throws IOException {
        RawData raw = told(trajectories, channels);
        List<Readout> readouts = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            readouts.add(raw.readout(i));
        }
        Samples samples = Samples.of(readouts, new double[] {FOV_METERS, FOV_METERS}, new int[] {matrix, matrix});
        float[] weights = DensityCompensation.weights(samples, new KernelGrid(matrix, matrix));
        Cfl data = read("data");
        for (int i = 0; i < data.values.length; i++) {
            data.values[i] *= weights[i / 2 % weights.length];
        }
        write("weighted", data.values, data.dimensions);
    }

    void bart(String... arguments) {
        List<String> command = new ArrayList<>(List.of("bart"));
        for (String argument : arguments) {
            boolean isFile = command.size() > 1 && argument.matches("[a-z][a-z0-9]+");
            command.add(isFile ? folder.resolve(argument).toString() : argument);
        }
        Peer.Output output = Peer.run(command);
        assertThat(output.exitCode()).as(output.text()).isZero();
    }

    Cfl read(String name) throws IOException {
        String header = Files.readAllLines(folder.resolve(name + ".hdr")).get(1).strip();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".cfl")))
                .order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return new Cfl(
                Arrays.stream(header.split(" ")).mapToInt(Integer::parseInt).toArray(), values);
    }

    void write(String name, float[] complex, int... dimensions) throws IOException {
        StringBuilder header = new StringBuilder("# Dimensions\n");
        for (int size : dimensions) {
            header.append(size).append(' ');
        }
        Files.writeString(folder.resolve(name + ".hdr"), header.append('\n'));
        ByteBuffer bytes = ByteBuffer.allocate(4 * complex.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(complex);
        Files.write(folder.resolve(name + ".cfl"), bytes.array());
    }
}
