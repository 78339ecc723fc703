package org.isocenter.recon.iterative;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;

/**
 * The linear map from one complex image to the data of all channels: times each channel's sensitivity, then what a channel
 * sees of k-space (Pruessmann et al. 2001, eq. 3 to 8). With sensitivities whose squares sum to 1 and every cell of k-space
 * measured once, it is an isometry. Images are planar pairs of arrays, laid out as in {@link ChannelGrid}.
 *
 * <p>Channels are shared out among the threads of the common pool in a way that depends on the sizes only, so that results do
 * not depend on the number of threads. Holds its own scratch: one caller at a time; {@link #normal} does not allocate arrays.
 */
public final class EncodingOperator {
    private static final int MOST_LANES = 8;
    /** Pixels in the scratch of all lanes together. */
    private static final int MOST_LANE_PIXELS = 1 << 24;
    /** Pixels that a task adds up over the lanes. */
    private static final int PIXELS_PER_TASK = 1 << 14;

    private final FourierSampling sampling;
    private final ChannelGrid sensitivities;
    private final Lane[] lanes;

    /**
     * @param sensitivities of each channel at each pixel; may be scaled as one likes, zeros where nothing is known; not copied
     * @throws IllegalArgumentException if they are not of the size of the image
     */
    public EncodingOperator(FourierSampling sampling, ChannelGrid sensitivities) {
        if (sampling.sizeX() != sensitivities.sizeX()
                || sampling.sizeY() != sensitivities.sizeY()
                || sampling.sizeZ() != sensitivities.sizeZ()) {
            throw new IllegalArgumentException("sensitivities of " + sensitivities.sizeX() + "×" + sensitivities.sizeY()
                    + "×" + sensitivities.sizeZ() + " for an image of " + sampling.sizeX() + "×" + sampling.sizeY()
                    + "×"
                    + sampling.sizeZ());
        }
        this.sampling = sampling;
        this.sensitivities = sensitivities;
        int fitting = Math.max(1, MOST_LANE_PIXELS / sampling.points());
        lanes = new Lane[Math.min(Math.min(sensitivities.channels(), MOST_LANES), fitting)];
        Arrays.setAll(lanes, lane -> new Lane());
    }

    public int channels() {
        return sensitivities.channels();
    }

    /** Pixels of the image. */
    public int points() {
        return sampling.points();
    }

    public FourierSampling sampling() {
        return sampling;
    }

    /** No eigenvalue of {@link #normal} is larger than this; infinity where no bound is known. */
    public double normalBound() {
        double largest = 0;
        for (int pixel = 0; pixel < points(); pixel++) {
            double square = 0;
            for (int channel = 0; channel < channels(); channel++) {
                double real = sensitivities.real(channel)[pixel];
                double imaginary = sensitivities.imaginary(channel)[pixel];
                square += real * real + imaginary * imaginary;
            }
            largest = Math.max(largest, square);
        }
        return largest * sampling.normalBound();
    }

    /** The data of an image: overwrites {@code data[channel][sample]}. */
    public void forward(float[] real, float[] imaginary, float[][] dataReal, float[][] dataImaginary) {
        inLanes((lane, channel) -> {
            lane.see(channel, real, imaginary);
            lane.task.forward(lane.real, lane.imaginary, dataReal[channel], dataImaginary[channel]);
        });
    }

    /** The adjoint of {@link #forward}: overwrites the image with one of {@code data[channel][sample]}. */
    public void adjoint(float[][] dataReal, float[][] dataImaginary, float[] real, float[] imaginary) {
        inLanes((lane, channel) -> {
            lane.task.adjoint(dataReal[channel], dataImaginary[channel], lane.real, lane.imaginary);
            lane.combine(channel);
        });
        sum(real, imaginary);
    }

    /** {@code adjoint(forward(image))}; the result may not be the image's own arrays. */
    public void normal(float[] real, float[] imaginary, float[] toReal, float[] toImaginary) {
        inLanes((lane, channel) -> {
            lane.see(channel, real, imaginary);
            lane.task.normal(lane.real, lane.imaginary);
            lane.combine(channel);
        });
        sum(toReal, toImaginary);
    }

    private interface Work {
        void on(Lane lane, int channel);
    }

    private void inLanes(Work work) {
        IntStream.range(0, lanes.length).parallel().forEach(number -> {
            lanes[number].empty = true;
            for (int channel = number; channel < channels(); channel += lanes.length) {
                work.on(lanes[number], channel);
            }
        });
    }

    private void sum(float[] real, float[] imaginary) {
        int tasks = (points() + PIXELS_PER_TASK - 1) / PIXELS_PER_TASK;
        IntStream.range(0, tasks).parallel().forEach(task -> {
            int from = task * PIXELS_PER_TASK;
            int to = Math.min(points(), from + PIXELS_PER_TASK);
            System.arraycopy(lanes[0].sumReal, from, real, from, to - from);
            System.arraycopy(lanes[0].sumImaginary, from, imaginary, from, to - from);
            for (int lane = 1; lane < lanes.length; lane++) {
                Planar.add(lanes[lane].sumReal, real, from, to);
                Planar.add(lanes[lane].sumImaginary, imaginary, from, to);
            }
        });
    }

    /** Some of the channels, one after the other, and the sum of their images. */
    private final class Lane {
        private final FourierSampling.Task task = sampling.task();
        private final float[] real = new float[points()];
        private final float[] imaginary = new float[points()];
        private final float[] sumReal = new float[points()];
        private final float[] sumImaginary = new float[points()];
        private boolean empty;

        void see(int channel, float[] imageReal, float[] imageImaginary) {
            Planar.multiply(
                    imageReal,
                    imageImaginary,
                    sensitivities.real(channel),
                    sensitivities.imaginary(channel),
                    real,
                    imaginary);
        }

        void combine(int channel) {
            if (empty) {
                Arrays.fill(sumReal, 0);
                Arrays.fill(sumImaginary, 0);
                empty = false;
            }
            Planar.addConjugateProduct(
                    sensitivities.real(channel),
                    sensitivities.imaginary(channel),
                    real,
                    imaginary,
                    sumReal,
                    sumImaginary);
        }
    }
}
