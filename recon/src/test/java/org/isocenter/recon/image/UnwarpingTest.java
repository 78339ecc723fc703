package org.isocenter.recon.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isocenter.model.GradientHarmonics;
import org.isocenter.model.GradientHarmonics.Term;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Quantity;
import org.isocenter.model.Vec3;
import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of a lattice of soft balls whose distorted image is known in closed form. */
class UnwarpingTest {
    private static final double LATTICE = 0.024;
    private static final double BALL = 0.005;
    /** Some even and odd orders, as strong as a head scanner's at the end of its gradients' reach. */
    private static final GradientHarmonics HARMONICS = new GradientHarmonics(
            0.1,
            List.of(
                    new Term(0, 3, 1, -0.025),
                    new Term(0, 3, 3, 0.03),
                    new Term(1, 3, -1, -0.02),
                    new Term(1, 2, -1, 0.01),
                    new Term(2, 3, 0, 0.04),
                    new Term(2, 5, 0, -0.01)));

    /** Signal per volume at a point of the device. */
    private static double object(double x, double y, double z) {
        double squared = 0;
        for (double u : new double[] {x, y, z}) {
            double off = u - LATTICE * Math.rint(u / LATTICE);
            squared += off * off;
        }
        return Math.exp(-squared / (2 * BALL * BALL)) * (1 + x / 0.2);
    }

    /** What the distorted image shows where {@code seen} is: the object's point that is seen there, thinned out by the Jacobian. */
    private static double shown(double[] seen) {
        double[] point = seen.clone();
        double[] at = new double[3];
        for (int i = 0; i < 12; i++) {
            HARMONICS.seen(point[0], point[1], point[2], at);
            for (int k = 0; k < 3; k++) {
                point[k] += seen[k] - at[k];
            }
        }
        return object(point[0], point[1], point[2]) / jacobian(point);
    }

    private static double jacobian(double[] point) {
        double[][] columns = new double[3][3];
        double step = 1e-5;
        for (int k = 0; k < 3; k++) {
            double[] plus = new double[3];
            double[] minus = new double[3];
            double[] p = point.clone();
            p[k] += step;
            HARMONICS.seen(p[0], p[1], p[2], plus);
            p[k] -= 2 * step;
            HARMONICS.seen(p[0], p[1], p[2], minus);
            for (int i = 0; i < 3; i++) {
                columns[k][i] = (plus[i] - minus[i]) / (2 * step);
            }
        }
        Vec3 a = new Vec3(columns[0][0], columns[0][1], columns[0][2]);
        Vec3 b = new Vec3(columns[1][0], columns[1][1], columns[1][2]);
        Vec3 c = new Vec3(columns[2][0], columns[2][1], columns[2][2]);
        return a.dot(b.cross(c));
    }

    private static PatientGeometry geometry(int size, int slices, double spacing, double sliceSpacing, Vec3 normal) {
        Vec3 row = Math.abs(normal.z()) > 0.9 ? Vec3.X : new Vec3(0, 0.8, 0.6);
        Vec3 column = normal.cross(row);
        Vec3 first = row.scaled(-size / 2 * spacing)
                .plus(column.scaled(-size / 2 * spacing))
                .plus(normal.scaled(-slices / 2 * sliceSpacing));
        return new PatientGeometry(first, row, column, normal, spacing, spacing, sliceSpacing, sliceSpacing);
    }

    private static double[] device(Vec3 patient, PatientPosition position) {
        Vec3 point = position.patientToDevice().apply(patient);
        return new double[] {point.x(), point.y(), point.z()};
    }

    /** A tenth of a voxel changes values by 0.024 at the flanks of a ball. */
    @ParameterizedTest
    @EnumSource(names = {"HFS", "FFP"})
    void aSlabIsStraightAndEvenAgain(PatientPosition position) {
        int size = 80;
        int slices = 28;
        PatientGeometry place = geometry(size, slices, 2e-3, 2e-3, Vec3.Z);
        ChannelGrid image = new ChannelGrid(1, size, size, slices);
        for (int i = 0; i < image.points(); i++) {
            Vec3 at = place.voxelMeters(i % size, i / size % size, i / (size * size));
            image.real(0)[i] = (float) shown(device(at, position));
            image.imaginary(0)[i] = -2 * image.real(0)[i];
        }
        ChannelGrid straight = Unwarping.of(image, new HarmonicWarp(HARMONICS, place, position, true), true);
        double worst = 0;
        double before = 0;
        for (int i = 0; i < image.points(); i++) {
            int slice = i / (size * size);
            Vec3 at = place.voxelMeters(i % size, i / size % size, slice);
            if (at.norm() < 0.072 && slice > 3 && slice < slices - 4) {
                double[] point = device(at, position);
                double expected = object(point[0], point[1], point[2]);
                worst = Math.max(worst, Math.abs(straight.real(0)[i] - expected));
                before = Math.max(before, Math.abs(image.real(0)[i] - expected));
                worst = Math.max(worst, Math.abs(straight.imaginary(0)[i] / 2 + expected));
            }
        }
        assertThat(before).isGreaterThan(0.15);
        assertThat(worst).isLessThan(0.024);
    }

    /** Of a slice between planes of balls, in all of which a bent slice shows something else than a flat one. */
    @Test
    void withinASliceWhatIsExcitedIsStraightAndAsBrightAsItIs() {
        int size = 96;
        PatientGeometry place = geometry(size, 1, 1.5e-3, 5e-3, new Vec3(0, -0.6, 0.8));
        PatientGeometry off = new PatientGeometry(
                place.firstVoxelMeters().plus(place.slice().scaled(0.05)),
                place.row(),
                place.column(),
                place.slice(),
                1.5e-3,
                1.5e-3,
                5e-3,
                5e-3);
        ChannelGrid image = new ChannelGrid(1, size, size, 1);
        for (int i = 0; i < image.points(); i++) {
            image.real(0)[i] = (float) shown(device(off.voxelMeters(i % size, i / size, 0), PatientPosition.HFS));
        }
        ChannelGrid straight = Unwarping.of(image, new HarmonicWarp(HARMONICS, off, PatientPosition.HFS, false), false);
        double worst = 0;
        for (int i = 0; i < image.points(); i++) {
            Vec3 at = off.voxelMeters(i % size, i / size, 0);
            if (at.norm() < 0.075) {
                Vec3 bent = onBentSlice(at, off.slice());
                worst = Math.max(worst, Math.abs(straight.real(0)[i] - object(bent.x(), bent.y(), bent.z())));
            }
        }
        assertThat(worst).isLessThan(0.024);
    }

    @Test
    void howFarASliceIsBentIsKnown() {
        int size = 96;
        PatientGeometry place = geometry(size, 1, 1.5e-3, 5e-3, new Vec3(0, -0.6, 0.8));
        double farthest = 0;
        for (int i = 0; i < size * size; i++) {
            Vec3 at = place.voxelMeters(i % size, i / size, 0);
            double fromMiddle = Math.hypot(i % size - size / 2, i / size - size / 2);
            if (fromMiddle <= size / 2) {
                farthest = Math.max(
                        farthest,
                        Math.abs(onBentSlice(at, place.slice()).minus(at).dot(place.slice())));
            }
        }
        double told = new HarmonicWarp(HARMONICS, place, PatientPosition.HFS, false).largestBendMeters(size, size, 1);
        assertThat(told).isCloseTo(farthest, within(0.1 * farthest));
    }

    /** The point above or below that the slice selection takes for this one's slice. */
    private static Vec3 onBentSlice(Vec3 point, Vec3 normal) {
        double[] seen = new double[3];
        Vec3 bent = point;
        for (int i = 0; i < 30; i++) {
            HARMONICS.seen(bent.x(), bent.y(), bent.z(), seen);
            double off = new Vec3(seen[0], seen[1], seen[2]).minus(point).dot(normal);
            bent = bent.minus(normal.scaled(off));
        }
        return bent;
    }

    /** A field that grows to one side and has a bump; 1 Hz moves by a hundredth of a voxel along columns and rows by a tenth of it. */
    @Test
    void whatAFieldMovedComesBack() {
        int size = 96;
        PatientGeometry place = geometry(size, 1, 2e-3, 5e-3, Vec3.Z);
        Vec3 shift = new Vec3(0.01, 0.001, 0);
        float[] hertz = new float[size * size];
        ChannelGrid image = new ChannelGrid(1, size, size, 1);
        for (int i = 0; i < hertz.length; i++) {
            double x = i % size;
            double y = i / size;
            double px = x;
            double py = y;
            for (int k = 0; k < 60; k++) {
                px = x - shift.x() * offset(px, py);
                py = y - shift.y() * offset(px, py);
            }
            double h = 1e-3;
            double jacobian = 1
                    + shift.x() * (offset(px + h, py) - offset(px - h, py)) / (2 * h)
                    + shift.y() * (offset(px, py + h) - offset(px, py - h)) / (2 * h);
            image.real(0)[i] = (float) (pattern(px, py) / jacobian);
            // The map is measured with the same shift, and knows nothing outside of a disc.
            hertz[i] = Math.hypot(x - 48, y - 48) < 42 ? (float) offset(px, py) : 0;
        }
        ImageVolume magnitude = new ImageVolume("", size, size, 1, hertz, place, 0, 1);
        SmoothMap offsets = SmoothMap.ofField(magnitude.withMap("", Quantity.FIELD_OFFSET, hertz), shift);
        ChannelGrid straight = Unwarping.of(image, new FieldWarp(offsets, place, shift), false);
        double worst = 0;
        double before = 0;
        for (int i = 0; i < hertz.length; i++) {
            if (Math.hypot(i % size - 48, i / size - 48) < 32) {
                worst = Math.max(worst, Math.abs(straight.real(0)[i] - pattern(i % size, i / size)));
                before = Math.max(before, Math.abs(image.real(0)[i] - pattern(i % size, i / size)));
            }
        }
        assertThat(before).isGreaterThan(0.4);
        // A tenth of a voxel is 0.034 at the steepest.
        assertThat(worst).isLessThan(0.03);
    }

    private static double offset(double column, double row) {
        double bump = Math.hypot(column - 40, row - 60) / 15;
        return 2 * (column - 30) + 150 * Math.exp(-bump * bump / 2);
    }

    private static double pattern(double column, double row) {
        return 0.5 + 0.5 * Math.sin(2 * Math.PI * column / 10) * Math.sin(2 * Math.PI * row / 10);
    }

    @Test
    void whereTheFieldIsNotKnownItGoesOnSmoothly() {
        int size = 40;
        PatientGeometry place = geometry(size, 1, 2e-3, 5e-3, Vec3.Z);
        float[] hertz = new float[size * size];
        for (int i = 0; i < hertz.length; i++) {
            hertz[i] = i % size < 20 ? 50 : 0;
        }
        ImageVolume map =
                new ImageVolume("", size, size, 1, hertz, place, 0, 1).withMap("", Quantity.FIELD_OFFSET, hertz);
        SmoothMap offsets = SmoothMap.ofField(map, Vec3.ZERO);
        assertThat(offsets.atMeters(place.voxelMeters(10, 10, 0))).isCloseTo(50, within(1e-3));
        assertThat(offsets.atMeters(place.voxelMeters(38, 10, 0))).isCloseTo(50, within(1e-3));
        assertThat(offsets.atMeters(place.voxelMeters(-100, 70, 3))).isCloseTo(50, within(1e-3));
    }
}
