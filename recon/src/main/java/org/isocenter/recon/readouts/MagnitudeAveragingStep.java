package org.isocenter.recon.readouts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.chain.VolumeStep;
import org.isocenter.recon.stack.Stack;

/**
 * Makes an image of each average, and the mean of their magnitudes: averages may differ in phase in any way, at the price of
 * noise that does not average out where there is no signal (Gudbjartsson and Patz 1995).
 */
public final class MagnitudeAveragingStep implements VolumeStep {
    @Override
    public boolean wantsAveragesApart() {
        return true;
    }

    /** What the averages of one image have in common. */
    private record Image(int space, Stack.Kind kind, int orientation, int slab) {
        static Image of(Stack stack) {
            boolean slab = stack.encoding().reconZ() > 1;
            return new Image(
                    stack.encodingSpace(),
                    stack.kind().withAverage(0),
                    stack.orientation(),
                    slab ? stack.slabs().get(0).sliceCounter() : 0);
        }
    }

    @Override
    public List<VolumeData> apply(List<VolumeData> volumes, ChainContext context) {
        Map<Image, List<VolumeData>> byImage = new LinkedHashMap<>();
        volumes.forEach(volume -> byImage.computeIfAbsent(Image.of(volume.stack()), image -> new ArrayList<>())
                .add(volume));
        return byImage.values().stream().map(MagnitudeAveragingStep::mean).toList();
    }

    private static VolumeData mean(List<VolumeData> averages) {
        VolumeData first = averages.get(0);
        if (averages.size() == 1) {
            return first;
        }
        ChannelGrid values = first.values();
        ChannelGrid mean = new ChannelGrid(1, values.sizeX(), values.sizeY(), values.sizeZ());
        float weight = 1f / averages.size();
        double fraction = 0;
        for (VolumeData average : averages) {
            fraction += average.acquiredFraction();
            float[] magnitude = average.magnitude();
            float[] sum = mean.real(0);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * magnitude[i];
            }
        }
        return first.withValues(mean).withAcquiredFraction(Math.min(1, fraction));
    }
}
