package org.isocenter.sequence.trajectory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.SequencePlan;

/**
 * The k-space positions that readouts carry with them where counters do not tell them: for every encoding space that is not
 * Cartesian. They come from the gradients of the very sequence that is played, on the logical axes (read, phase, slice) of each
 * readout's geometry. Equal readouts (averages, slices, repetitions) share one array, so that memory is bounded by the
 * distinct shapes and is never more than 1.5 times that of one channel's samples. Immutable; any thread.
 */
public final class ReadoutTrajectories {
    /** Positions are rounded to this, far below what a scanner can tell, so that equal ones are equal bit for bit. */
    private static final double PER_UNIT = 1e6;
    /** An encoding space that never gets farther than this from k = 0 has no gradient: its samples are a spectrum's. */
    private static final double STILL_PER_METER = 1e-3;

    private static final float[] NONE = {};

    private final float[][] positions;
    private final int[] dimensions;

    private ReadoutTrajectories(float[][] positions, int[] dimensions) {
        this.positions = positions;
        this.dimensions = dimensions;
    }

    /** @param position how the patient lies, as the plan was made for */
    public static ReadoutTrajectories of(SequencePlan plan, PatientPosition position) {
        List<ReadoutHeader> headers = plan.readouts();
        float[][] positions = new float[headers.size()][];
        Arrays.fill(positions, NONE);
        int[] dimensions = new int[headers.size()];
        Set<Integer> wanted = new HashSet<>();
        for (int space = 0; space < plan.encodings().size(); space++) {
            if (plan.encodings().get(space).trajectory() != Encoding.Trajectory.CARTESIAN) {
                wanted.add(space);
            }
        }
        if (!wanted.isEmpty()) {
            fill(plan, position, wanted, positions, dimensions);
        }
        return new ReadoutTrajectories(positions, dimensions);
    }

    private record Shape(float[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Shape s && Arrays.equals(values, s.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    private static void fill(
            SequencePlan plan, PatientPosition position, Set<Integer> wanted, float[][] positions, int[] dimensions) {
        Map<Shape, float[]> shared = new HashMap<>();
        Map<EncodingGeometry, Vec3[]> axes = new HashMap<>();
        Set<Integer> moving = new HashSet<>();
        KspaceTrajectory.forEachWindow(plan.sequence(), window -> {
            int index = window.adcIndex();
            ReadoutHeader header = plan.readouts().get(index);
            if (!wanted.contains(header.encodingSpace())) {
                return;
            }
            Encoding encoding = plan.encodings().get(header.encodingSpace());
            Vec3[] logical = axes.computeIfAbsent(header.geometry(), g -> deviceAxes(g, position));
            dimensions[index] = encoding.encodedZ() > 1 || encoding.reconZ() > 1 ? 3 : 2;
            float[] values = project(window, logical, dimensions[index]);
            positions[index] = shared.computeIfAbsent(new Shape(values), s -> s.values);
            if (isMoving(values)) {
                moving.add(header.encodingSpace());
            }
        });
        for (int i = 0; i < positions.length; i++) {
            if (!moving.contains(plan.readouts().get(i).encodingSpace())) {
                positions[i] = NONE;
                dimensions[i] = 0;
            }
        }
    }

    private static boolean isMoving(float[] values) {
        for (float value : values) {
            if (Math.abs(value) > STILL_PER_METER) {
                return true;
            }
        }
        return false;
    }

    private static Vec3[] deviceAxes(EncodingGeometry geometry, PatientPosition position) {
        Rotation toDevice = position.patientToDevice();
        List<Vec3> axes = new ArrayList<>();
        for (Vec3 axis : List.of(geometry.read(), geometry.phase(), geometry.slice())) {
            axes.add(toDevice.apply(axis));
        }
        return axes.toArray(Vec3[]::new);
    }

    private static float[] project(KspaceTrajectory.Window window, Vec3[] axes, int dimensions) {
        int n = window.samples();
        float[] values = new float[n * dimensions];
        double[] kx = window.kx();
        double[] ky = window.ky();
        double[] kz = window.kz();
        for (int i = 0; i < n; i++) {
            for (int d = 0; d < dimensions; d++) {
                double k = kx[i] * axes[d].x() + ky[i] * axes[d].y() + kz[i] * axes[d].z();
                values[i * dimensions + d] = (float) (Math.rint(k * PER_UNIT) / PER_UNIT + 0.0);
            }
        }
        return values;
    }

    /** Whether any readout carries one. */
    public boolean any() {
        return Arrays.stream(dimensions).anyMatch(d -> d > 0);
    }

    /** 0 for a readout that carries none, else 2 or 3. */
    public int dimensions(int adcIndex) {
        return dimensions[adcIndex];
    }

    /** Per sample, dimension fastest, in 1/m; shared, must not be changed. */
    public float[] perMeter(int adcIndex) {
        return positions[adcIndex];
    }
}
