package org.isocenter.sequence.design;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ParallelImaging;

/**
 * Which lines and partitions of a Cartesian k-space are measured. Indices are those of the full matrix, whose centre is
 * index {@code count/2}, whatever is left out.
 *
 * <p>Partial Fourier leaves out the first lines, so that the centre comes sooner. Of what remains, every {@code accelPhase}-th
 * line and {@code accelSlice}-th partition is measured, always with the centre; a block about the centre is measured whole,
 * to calibrate the parallel reconstruction (autocalibration, Griswold et al. 2002).
 *
 * @param lines of the full matrix, along phase
 * @param partitions of the full matrix; 1 for 2D
 * @param firstLine the first one that may be measured; partial Fourier when above 0
 * @param accelPhase 1 for all lines
 * @param accelSlice 1 for all partitions
 * @param calibrationLines lines measured whole about the centre, and in accelerated partitions as many of those; 0 for none
 */
public record LineSampling(
        int lines, int partitions, int firstLine, int accelPhase, int accelSlice, int calibrationLines) {
    /** Partial Fourier keeps at least this share of the lines on the short side of the centre, to know the image's phase. */
    private static final int LEAST_SHARE_BEFORE_CENTER = 16;

    private static final int LEAST_BEFORE_CENTER = 2;

    /**
     * One measured line of one partition.
     *
     * @param flags {@link AcquisitionFlags#PARALLEL_CALIBRATION} off the undersampled grid,
     *     {@link AcquisitionFlags#PARALLEL_CALIBRATION_AND_IMAGING} for calibration on it, 0 for all others
     */
    public record View(int line, int partition, long flags) {}

    public LineSampling {
        if (lines < 1 || partitions < 1 || firstLine < 0 || firstLine > lines / 2) {
            throw new IllegalArgumentException(
                    "lines from " + firstLine + " of " + lines + ", partitions " + partitions);
        }
        if (accelPhase < 1 || accelSlice < 1 || calibrationLines < 0) {
            throw new IllegalArgumentException(
                    "acceleration " + accelPhase + "×" + accelSlice + ", calibration " + calibrationLines);
        }
    }

    /** Everything. */
    public static LineSampling full(int lines, int partitions) {
        return new LineSampling(lines, partitions, 0, 1, 1, 0);
    }

    /** All partitions, and this share of the lines or a little more: some beyond the centre are always kept. */
    public static LineSampling partial(int lines, int partitions, double partialFourier) {
        int before = Math.min(lines / 2, Math.max(LEAST_BEFORE_CENTER, lines / LEAST_SHARE_BEFORE_CENTER));
        int kept = (int) Math.ceil(partialFourier * lines - 1e-9);
        return new LineSampling(lines, partitions, Math.max(0, Math.min(lines - kept, lines / 2 - before)), 1, 1, 0);
    }

    /** The same, undersampled. */
    public LineSampling accelerated(int newAccelPhase, int newAccelSlice, int newCalibrationLines) {
        return new LineSampling(lines, partitions, firstLine, newAccelPhase, newAccelSlice, newCalibrationLines);
    }

    public boolean isAccelerated() {
        return accelPhase > 1 || accelSlice > 1;
    }

    /** Partition by partition, in each line by line. */
    public List<View> views(LineOrder lineOrder, LineOrder partitionOrder) {
        List<View> views = new ArrayList<>();
        for (int partition : partitionOrder.arranged(measuredPartitions(), partitions / 2)) {
            views.addAll(views(partition, lineOrder));
        }
        return views;
    }

    /** The measured lines of one partition. */
    public List<View> views(int partition, LineOrder order) {
        List<Integer> measured = IntStream.range(firstLine, lines)
                .filter(line -> isMeasured(line, partition))
                .boxed()
                .toList();
        return order.arranged(measured, lines / 2).stream()
                .map(line -> view(line, partition))
                .toList();
    }

    /** The partitions with any measured line, ascending. */
    public List<Integer> measuredPartitions() {
        return IntStream.range(0, partitions)
                .filter(partition -> isOnGridOf(partition, partitions, accelSlice) || isCalibrationPartition(partition))
                .boxed()
                .toList();
    }

    public int count() {
        return measuredPartitions().stream()
                .mapToInt(partition -> views(partition, LineOrder.LINEAR).size())
                .sum();
    }

    public boolean isMeasured(int line, int partition) {
        return line >= firstLine && line < lines && (isOnGrid(line, partition) || isCalibration(line, partition));
    }

    /** What is measured; the flags say why. */
    public View view(int line, int partition) {
        long flags = 0;
        if (isCalibration(line, partition)) {
            flags = isOnGrid(line, partition)
                    ? AcquisitionFlags.PARALLEL_CALIBRATION_AND_IMAGING
                    : AcquisitionFlags.PARALLEL_CALIBRATION;
        }
        return new View(line, partition, flags);
    }

    /** Of MRD's kspace_encoding_step_1. */
    public EncodingLimits step1() {
        return new EncodingLimits(firstLine, lines - 1, lines / 2);
    }

    /** Of MRD's kspace_encoding_step_2. */
    public EncodingLimits step2() {
        return EncodingLimits.ofCount(partitions);
    }

    /** For MRD's header. */
    public ParallelImaging parallelImaging() {
        if (!isAccelerated()) {
            return ParallelImaging.NONE;
        }
        return new ParallelImaging(
                accelPhase,
                accelSlice,
                calibrationLines > 0 ? ParallelImaging.Calibration.EMBEDDED : ParallelImaging.Calibration.OTHER);
    }

    private boolean isOnGrid(int line, int partition) {
        return isOnGridOf(line, lines, accelPhase) && isOnGridOf(partition, partitions, accelSlice);
    }

    private static boolean isOnGridOf(int index, int count, int acceleration) {
        return (index - count / 2) % acceleration == 0;
    }

    private boolean isCalibration(int line, int partition) {
        return isAccelerated() && isNearCenter(line, lines) && isCalibrationPartition(partition);
    }

    /** Where partitions are not undersampled, all of them calibrate. */
    private boolean isCalibrationPartition(int partition) {
        return calibrationLines > 0 && (accelSlice == 1 || isNearCenter(partition, partitions));
    }

    private boolean isNearCenter(int index, int count) {
        int first = count / 2 - calibrationLines / 2;
        return index >= first && index < first + calibrationLines;
    }
}
