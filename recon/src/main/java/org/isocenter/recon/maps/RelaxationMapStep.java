package org.isocenter.recon.maps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.SequenceParameters;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.chain.VolumeStep;
import org.isocenter.recon.image.SignalToNoise;
import org.isocenter.recon.stack.Stack;

/** Adds {@link RelaxationMaps} of T2 or T2* for each place of which there are several echoes. */
public final class RelaxationMapStep implements VolumeStep {
    public static final String AUTO = "auto";
    public static final String T2 = "t2";
    public static final String T2_STAR = "t2-star";

    private final String quantity;
    private final boolean aboveNoise;

    /**
     * @param quantity {@link #T2}, {@link #T2_STAR}, or {@link #AUTO} by whether the sequence refocuses
     * @param aboveNoise whether to reckon with the noise that late echoes' magnitudes do not fall below
     */
    public RelaxationMapStep(String quantity, boolean aboveNoise) {
        this.quantity = quantity;
        this.aboveNoise = aboveNoise;
    }

    /** Volumes that differ in their echo alone have the same. */
    private record Place(int encodingSpace, int orientation, Stack.Kind kind, Object geometry) {
        static Place of(VolumeData volume) {
            Stack stack = volume.stack();
            Stack.Kind kind = stack.kind();
            return new Place(
                    stack.encodingSpace(),
                    stack.orientation(),
                    new Stack.Kind(0, kind.phase(), kind.repetition(), kind.set()),
                    volume.geometry());
        }
    }

    @Override
    public List<VolumeData> apply(List<VolumeData> volumes, ChainContext context) {
        Map<Place, List<VolumeData>> places = new LinkedHashMap<>();
        for (VolumeData volume : volumes) {
            if (volume.quantity() == Quantity.MAGNITUDE) {
                places.computeIfAbsent(Place.of(volume), place -> new ArrayList<>())
                        .add(volume);
            }
        }
        SequenceParameters sequence = context.header().sequence();
        List<VolumeData> all = new ArrayList<>(volumes);
        for (List<VolumeData> echoes : places.values()) {
            double[] seconds = echoes.stream()
                    .mapToDouble(v -> v.contrast() < sequence.echoTimesSeconds().size()
                            ? sequence.echoTimesSeconds().get(v.contrast())
                            : Double.NaN)
                    .toArray();
            if (areDifferent(seconds)) {
                context.throwIfStopped();
                all.addAll(maps(echoes, seconds, wanted(sequence)));
            } else {
                context.notes()
                        .add("a map of T2 or T2* needs several echoes whose times the header tells, there are "
                                + echoes.size() + " images: no map was made");
            }
        }
        return all;
    }

    private static boolean areDifferent(double[] seconds) {
        for (int i = 1; i < seconds.length; i++) {
            if (!(seconds[i] > seconds[i - 1])) {
                return false;
            }
        }
        return seconds.length > 1;
    }

    private Quantity wanted(SequenceParameters sequence) {
        return switch (quantity) {
            case T2 -> Quantity.T2;
            case T2_STAR -> Quantity.T2_STAR;
            default -> sequence.scanningSequence().contains("SE") ? Quantity.T2 : Quantity.T2_STAR;
        };
    }

    private List<VolumeData> maps(List<VolumeData> echoes, double[] seconds, Quantity wanted) {
        List<ImageVolume> images = echoes.stream().map(VolumeData::image).toList();
        double sigma = SignalToNoise.backgroundSigma(images.get(images.size() - 1), 1);
        double floor = aboveNoise && sigma > 0 ? sigma : 0;
        VolumeData first = echoes.get(0);
        String place = first.name().replaceFirst("(, )?echo \\d+", "");
        return RelaxationMaps.decay(images, seconds, wanted, floor, sigma).stream()
                .map(map -> first.withMap(
                        place.isEmpty() ? map.name() : place + ", " + map.name(), map.quantity(), map.pixels()))
                .toList();
    }
}
