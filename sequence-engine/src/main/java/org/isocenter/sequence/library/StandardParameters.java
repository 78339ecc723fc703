package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.ParameterSpec.Group;
import org.isocenter.model.Unit;
import org.isocenter.sequence.design.LineOrder;

/** The parameters that library sequences share: one place for names, units, widest ranges and words. */
final class StandardParameters {
    static final List<String> ORIENTATIONS = List.of("axial", "coronal", "sagittal");

    static final String PULSE_SHAPE = "pulseShape";
    static final String SINC = "sinc";
    static final String INVERSION_PULSE = "inversionPulse";
    static final String ADIABATIC = "adiabatic";
    static final String PLAIN = "plain";

    private StandardParameters() {}

    static ParameterSpec repetitionTime(double seconds) {
        return ParameterSpec.quantity(
                "TR",
                "Repetition time",
                Group.TIMING,
                Unit.SECOND,
                1e-3,
                20,
                seconds,
                0x00180080,
                "Time from one excitation of a slice to the next");
    }

    /** TR of balanced sequences: by default as short as the other parameters allow. */
    static ParameterSpec shortestRepetitionTime() {
        return ParameterSpec.quantity(
                "TR",
                "Repetition time",
                Group.TIMING,
                Unit.SECOND,
                1e-3,
                1,
                1e-3,
                0x00180080,
                "Time from pulse to pulse, twice TE; the shorter, the wider the range of fields without dark bands");
    }

    static ParameterSpec echoTime(double seconds) {
        return ParameterSpec.quantity(
                "TE",
                "Echo time",
                Group.TIMING,
                Unit.SECOND,
                0.1e-3,
                2,
                seconds,
                0x00180081,
                "Time from the excitation to the echo that fills the centre of k-space");
    }

    static ParameterSpec echoSpacing(double seconds, String description) {
        return ParameterSpec.quantity(
                "ESP", "Echo spacing", Group.TIMING, Unit.SECOND, 0.5e-3, 1, seconds, 0, description);
    }

    static ParameterSpec echoTrain(int echoes) {
        return echoTrain(echoes, "Lines measured after each excitation");
    }

    static ParameterSpec echoTrain(int echoes, String description) {
        return ParameterSpec.count("ETL", "Echo train length", Group.TIMING, 1, 128, echoes, 0x00180091, description);
    }

    static ParameterSpec trainAxis() {
        return ParameterSpec.choice(
                "trainAxis",
                "Train along",
                Group.TIMING,
                List.of("partitions", "lines"),
                "What a train measures: one line of all partitions, or all lines of one partition");
    }

    /** Echoes of one line, each for an image of its own. */
    static ParameterSpec echoes(int count) {
        return ParameterSpec.count(
                "echoes",
                "Echoes",
                Group.CONTRAST,
                1,
                64,
                count,
                0,
                "Images of different echo time: the first at TE, the others ESP apart");
    }

    static ParameterSpec refocusingAngle() {
        return ParameterSpec.quantity(
                "refocusingAngle",
                "Refocusing angle",
                Group.CONTRAST,
                Unit.RADIAN,
                Math.toRadians(20),
                Math.PI,
                Math.PI,
                0,
                "Turn by each refocusing pulse of a train; less heats less, and mixes T1 into the contrast");
    }

    static ParameterSpec drivenEquilibrium() {
        return ParameterSpec.flag(
                "drivenEquilibrium",
                "Driven equilibrium",
                Group.CONTRAST,
                false,
                "After the last echo what is left is turned back to the field: fluids stay bright at a short TR");
    }

    /** @param seconds 0 for a sequence that inverts only when asked */
    static ParameterSpec inversionTime(double seconds, String description) {
        return ParameterSpec.quantity(
                "TI",
                "Inversion time",
                Group.TIMING,
                Unit.SECOND,
                seconds == 0 ? 0 : 1e-3,
                10,
                seconds,
                0x00180082,
                description);
    }

    static ParameterSpec saturationTime(double seconds) {
        return ParameterSpec.quantity(
                "TS",
                "Saturation time",
                Group.TIMING,
                Unit.SECOND,
                1e-3,
                10,
                seconds,
                0,
                "Time from the saturation of a slice to its excitation, in which T1 brings the magnetisation back");
    }

    static ParameterSpec flipAngle(double degrees) {
        return ParameterSpec.quantity(
                "FA",
                "Flip angle",
                Group.CONTRAST,
                Unit.RADIAN,
                Math.toRadians(1),
                Math.PI,
                Math.toRadians(degrees),
                0x00181314,
                "Angle by which the excitation turns the magnetisation");
    }

    static ParameterSpec pulseShape() {
        return ParameterSpec.choice(
                PULSE_SHAPE,
                "Slice pulse",
                Group.CONTRAST,
                List.of(SINC, "slr"),
                "Windowed sinc: soft edges, least amplitude; Shinnar-Le Roux: the profile is a rectangle within 1 %");
    }

    static ParameterSpec inversionPulse() {
        return ParameterSpec.choice(
                INVERSION_PULSE,
                "Inversion pulse",
                Group.CONTRAST,
                List.of(ADIABATIC, PLAIN),
                "Adiabatic: inverts fully whatever the transmit field; plain: shorter, and as good as the flip angle");
    }

    static ParameterSpec averages(int count) {
        return ParameterSpec.count(
                "averages",
                "Averages",
                Group.CONTRAST,
                1,
                1024,
                count,
                0x00180083,
                "How often the whole image is measured and averaged");
    }

    static ParameterSpec dummies(int count) {
        return ParameterSpec.count(
                "dummies",
                "Dummy repetitions",
                Group.CONTRAST,
                0,
                1000,
                count,
                0,
                "Repetitions before the first measured one, to reach the steady state");
    }

    static ParameterSpec bandwidth(double hertz) {
        return ParameterSpec.quantity(
                "BW",
                "Receiver bandwidth",
                Group.TIMING,
                Unit.HERTZ,
                1e3,
                500e3,
                hertz,
                0,
                "Band of frequencies across the field of view; higher is faster, and noisier");
    }

    static ParameterSpec fieldOfView(double meters) {
        return length("FOV", "Field of view, read", 5e-3, 0.6, meters, 0, "Extent of the image along read");
    }

    static ParameterSpec fieldOfViewPhase(double meters) {
        return length("FOVphase", "Field of view, phase", 5e-3, 0.6, meters, 0, "Extent of the image along phase");
    }

    static ParameterSpec slab(double meters) {
        return length("slab", "Slab thickness", 5e-3, 0.6, meters, 0, "Extent of the excited and encoded slab");
    }

    static ParameterSpec thickness(double meters) {
        return length("thickness", "Slice thickness", 0.5e-3, 0.1, meters, 0x00180050, "Thickness of each slice");
    }

    static ParameterSpec gap(double meters) {
        return length("gap", "Gap", 0, 0.2, meters, 0, "Distance between the faces of neighbouring slices");
    }

    static ParameterSpec matrix(int count) {
        return ParameterSpec.count(
                "matrix", "Matrix, read", Group.GEOMETRY, 8, 1024, count, 0, "Image columns: voxels along read");
    }

    static ParameterSpec matrixPhase(int count) {
        return ParameterSpec.count(
                "matrixPhase",
                "Matrix, phase",
                Group.GEOMETRY,
                1,
                1024,
                count,
                0,
                "Image rows: phase-encoding lines, each of which takes time");
    }

    static ParameterSpec partitions(int count) {
        return ParameterSpec.count(
                "partitions", "Partitions", Group.GEOMETRY, 1, 512, count, 0, "Voxels across the slab");
    }

    static ParameterSpec slices(int count, String description) {
        return ParameterSpec.count("slices", "Slices", Group.GEOMETRY, 1, 128, count, 0, description);
    }

    /**
     * What 2D sequences share, after the parameters of {@code own}: averages, bandwidth, a square field of view with a square
     * matrix, a stack of 6 mm slices 2 mm apart, and where it lies.
     */
    static List<ParameterSpec> stack(double fovMeters, int matrixSize, int sliceCount, ParameterSpec... own) {
        List<ParameterSpec> specs = plane(fovMeters, matrixSize, own);
        specs.add(slices(sliceCount, "Slices measured in turn within TR"));
        specs.add(thickness(6e-3));
        specs.add(gap(2e-3));
        return placed(specs);
    }

    /** As {@link #stack} for sequences that turn their readouts: one field of view and matrix for both directions. */
    static List<ParameterSpec> turnedStack(double fovMeters, int matrixSize, int sliceCount, ParameterSpec... own) {
        List<ParameterSpec> specs = turnedPlane(fovMeters, matrixSize, own);
        specs.add(slices(sliceCount, "Slices measured in turn within TR"));
        specs.add(thickness(6e-3));
        specs.add(gap(2e-3));
        return placed(specs);
    }

    /** As {@link #turnedStack} for a volume as deep as it is wide. */
    static List<ParameterSpec> turnedCube(double fovMeters, int matrixSize, ParameterSpec... own) {
        return placed(turnedPlane(fovMeters, matrixSize, own));
    }

    private static List<ParameterSpec> turnedPlane(double fovMeters, int matrixSize, ParameterSpec... own) {
        List<ParameterSpec> specs = plane(fovMeters, matrixSize, own);
        specs.removeIf(spec -> spec.name().equals("FOVphase") || spec.name().equals("matrixPhase"));
        return specs;
    }

    static ParameterSpec spokes(int count, String hint) {
        return ParameterSpec.count(
                "spokes",
                "Spokes",
                Group.GEOMETRY,
                1,
                65535,
                count,
                0,
                "Lines through the centre of k-space, each of which takes a repetition: " + hint);
    }

    static ParameterSpec spokeOrder(List<String> orders) {
        return ParameterSpec.choice(
                "spokeOrder",
                "Order of spokes",
                Group.TIMING,
                orders,
                "Golden: any successive spokes cover k-space evenly, so that parts of a scan are images; else neighbours"
                        + " follow one another");
    }

    /** What 3D sequences share, after the parameters of {@code own}: as {@link #stack}, but a slab with partitions. */
    static List<ParameterSpec> slab(
            double fovMeters, double slabMeters, int matrixSize, int partitionCount, ParameterSpec... own) {
        List<ParameterSpec> specs = plane(fovMeters, matrixSize, own);
        specs.add(slab(slabMeters));
        specs.add(partitions(partitionCount));
        return placed(specs);
    }

    private static List<ParameterSpec> plane(double fovMeters, int matrixSize, ParameterSpec... own) {
        List<ParameterSpec> specs = new ArrayList<>(List.of(own));
        specs.add(averages(1));
        specs.add(bandwidth(20e3));
        specs.add(fieldOfView(fovMeters));
        specs.add(fieldOfViewPhase(fovMeters));
        specs.add(matrix(matrixSize));
        specs.add(matrixPhase(matrixSize));
        return specs;
    }

    private static List<ParameterSpec> placed(List<ParameterSpec> specs) {
        specs.addAll(turns());
        specs.addAll(offsets());
        return specs;
    }

    static ParameterSpec intervalRatio(int ratio) {
        return ParameterSpec.count(
                "intervalRatio",
                "Second interval",
                Group.TIMING,
                2,
                10,
                ratio,
                0,
                "The second interval, in multiples of TR: more tells flip angles apart better, and takes longer");
    }

    static ParameterSpec readoutMode() {
        return ParameterSpec.choice(
                "readoutMode",
                "Readout of echoes",
                Group.TIMING,
                List.of("fly-back", "bipolar"),
                "Whether the read gradient flies back between echoes, so that all are alike, or turns round, which is"
                        + " faster");
    }

    /** Share of the lines that are measured: see {@link Sampling}. */
    static ParameterSpec partialFourier() {
        return ParameterSpec.quantity(
                "partialFourier",
                "Partial Fourier, phase",
                Group.TIMING,
                Unit.PERCENT,
                0.5,
                1,
                1,
                0,
                "Share of the phase-encoding lines that are measured, a few beyond the centre included");
    }

    static ParameterSpec accelPhase() {
        return ParameterSpec.count(
                "accelPhase",
                "Acceleration, phase",
                Group.TIMING,
                1,
                8,
                1,
                0,
                "Of this many lines one is measured; needs several receive channels");
    }

    static ParameterSpec accelSlice() {
        return ParameterSpec.count(
                "accelSlice",
                "Acceleration, partition",
                Group.TIMING,
                1,
                8,
                1,
                0,
                "Of this many partitions one is measured; needs several receive channels");
    }

    static ParameterSpec calibrationLines() {
        return ParameterSpec.count(
                "calibrationLines",
                "Calibration lines",
                Group.TIMING,
                0,
                128,
                24,
                0,
                "Lines about the centre that an accelerated scan measures whole, to calibrate its reconstruction");
    }

    static ParameterSpec viewOrder() {
        return ParameterSpec.choice(
                "viewOrder",
                "View order",
                Group.TIMING,
                LineOrder.labels(),
                "Order of the phase-encoding lines: what is measured first and last shapes the contrast");
    }

    /** Orientation and tilts. */
    static List<ParameterSpec> turns() {
        return List.of(
                ParameterSpec.choice(
                        "orientation",
                        "Orientation",
                        Group.GEOMETRY,
                        ORIENTATIONS,
                        "The plane of the image before it is tilted"),
                turn("tilt1", "Tilt about read", "Turns the plane about its read direction"),
                turn("tilt2", "Tilt about phase", "Turns the plane about its phase direction, after the first tilt"),
                turn("rotation", "Rotation in plane", "Turns the image in its plane, after both tilts"));
    }

    /** The centre of the field of view in the patient. */
    static List<ParameterSpec> offsets() {
        return List.of(
                length("offsetX", "Centre, left", -0.5, 0.5, 0, 0, "Centre, from the isocentre to the patient's left"),
                length("offsetY", "Centre, back", -0.5, 0.5, 0, 0, "Centre, from the isocentre to the patient's back"),
                length("offsetZ", "Centre, head", -0.5, 0.5, 0, 0, "Centre, from the isocentre to the patient's head"));
    }

    private static ParameterSpec turn(String name, String label, String description) {
        return ParameterSpec.quantity(name, label, Group.GEOMETRY, Unit.RADIAN, -Math.PI, Math.PI, 0, 0, description);
    }

    private static ParameterSpec length(
            String name, String label, double least, double most, double meters, int tag, String description) {
        return ParameterSpec.quantity(name, label, Group.GEOMETRY, Unit.METER, least, most, meters, tag, description);
    }
}
