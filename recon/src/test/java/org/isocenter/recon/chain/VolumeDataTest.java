package org.isocenter.recon.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.model.Quantity;
import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeDataTest {
    @ParameterizedTest
    @ValueSource(floats = {1e-30f, 1e-21f, 1e-18f, 1, 1e18f, 1e21f, 1e30f})
    void magnitudesOfAnySizeAreExact(float scale) {
        int columns = 37;
        float[] re = new float[2 * columns];
        float[] im = new float[2 * columns];
        re[1] = 3 * scale;
        im[1] = -4 * scale;
        re[columns + 2] = -5 * scale;
        im[2 * columns - 1] = 12 * scale;
        ChannelGrid values = new ChannelGrid(new float[][] {re}, new float[][] {im}, columns, 2, 1);
        float[] magnitude = new VolumeData("", values, null, 0, 1, null, Quantity.MAGNITUDE, null).magnitude();
        for (int i = 0; i < magnitude.length; i++) {
            assertThat((double) magnitude[i]).isCloseTo(Math.hypot(re[i], im[i]), within(2e-7 * 12 * scale));
        }
        assertThat(magnitude[1]).isPositive();
        assertThat(magnitude[0]).isZero();
    }
}
