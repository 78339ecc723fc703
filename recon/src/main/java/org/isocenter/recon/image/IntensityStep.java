package org.isocenter.recon.image;

import java.util.List;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.chain.VolumeStep;

/** Evens out shading by {@link IntensityCorrection}; images of the same place are divided by the shading of the first. */
public final class IntensityStep implements VolumeStep {
    public static final String POLYNOMIAL = "polynomial";
    public static final String LOW_PASS = "low-pass";

    private final String method;
    private final int order;
    private final double widthMeters;
    private final double regularisation;

    /**
     * @param method {@link #POLYNOMIAL} or {@link #LOW_PASS}
     * @param order of the polynomial
     * @param widthMeters full width at half maximum of the low-pass
     * @param regularisation share of the mean shading below which the division stops
     */
    public IntensityStep(String method, int order, double widthMeters, double regularisation) {
        this.method = method;
        this.order = order;
        this.widthMeters = widthMeters;
        this.regularisation = regularisation;
    }

    @Override
    public List<VolumeData> apply(List<VolumeData> volumes, ChainContext context) {
        return volumes.stream()
                .map(volume -> volume.quantity() == Quantity.MAGNITUDE
                        ? even(volume, firstAt(volume.geometry(), volumes), context)
                        : volume)
                .toList();
    }

    /** Relations between echoes and weightings stay. */
    private static VolumeData firstAt(PatientGeometry place, List<VolumeData> volumes) {
        return volumes.stream()
                .filter(v -> v.quantity() == Quantity.MAGNITUDE && v.geometry().equals(place))
                .findFirst()
                .orElseThrow();
    }

    private VolumeData even(VolumeData volume, VolumeData reference, ChainContext context) {
        context.throwIfStopped();
        int columns = reference.values().sizeX();
        int rows = reference.values().sizeY();
        int slices = reference.values().sizeZ();
        PatientGeometry place = reference.geometry();
        double sigma = widthMeters / (2 * Math.sqrt(2 * Math.log(2)));
        float[] shading = method.equals(POLYNOMIAL)
                ? IntensityCorrection.polynomial(reference.magnitude(), columns, rows, slices, order)
                : IntensityCorrection.lowPass(
                        reference.magnitude(),
                        columns,
                        rows,
                        slices,
                        sigma / place.columnSpacingMeters(),
                        sigma / place.rowSpacingMeters(),
                        slices == 1 ? 0 : sigma / place.sliceSpacingMeters());
        return volume.withValues(IntensityCorrection.divided(volume.values(), shading, regularisation));
    }
}
