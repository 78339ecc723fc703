package org.isocenter.hardware.virtual.phantom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A phantom that lists its spins, as simulators' files do. Each is a point and is simulated as it stands: nothing is placed
 * between them, none is left out. Immutable.
 *
 * <p>Spins of equal T1, T2 and diffusion share a {@link Material} of density 1; density and frequency are each spin's own.
 * Up to {@value #MOST_MATERIALS} materials are kept as they are. If there are more, the times are rounded to equal ratios,
 * from 2·10⁻⁴ (an effect on the signal below 4·10⁻⁵) up to as coarse as that number needs, which the log then tells.
 */
public final class SpinList implements Phantom {
    /** More spins than this are refused. */
    public static final int MOST_SPINS = 8_000_000;

    private static final double MOST_METERS = 2;
    static final int MOST_MATERIALS = 512;
    private static final double FINEST_RATIO = 2e-4;
    private static final double RATIO_THAT_IS_TOLD = 1e-3;
    private static final int MOST_PER_LORENTZIAN = 16;
    private static final double GOLDEN = 0.618033988749895;
    private static final Logger LOG = LoggerFactory.getLogger(SpinList.class);

    private final String name;
    private final double cubicMetersPerSpin;
    private final float[] x;
    private final float[] y;
    private final float[] z;
    private final float[] density;
    private final float[] offsetHertz;
    private final int[] material;
    private final int[] number;
    private final List<Material> materials;
    private final Optional<Motion> motion;
    private final Vec3 halfExtent;

    private SpinList(Builder b) {
        name = b.name;
        cubicMetersPerSpin = b.cubicMetersPerSpin;
        motion = Optional.ofNullable(b.motion);
        int[] copies = new int[b.density.length];
        int count = 0;
        for (int i = 0; i < copies.length; i++) {
            copies[i] = b.copies(i);
            count += copies[i];
        }
        x = new float[count];
        y = new float[count];
        z = new float[count];
        density = new float[count];
        offsetHertz = new float[count];
        material = new int[count];
        number = new int[count];
        Classes classes = Classes.of(b);
        materials = classes.materials;
        double[] half = new double[3];
        int to = 0;
        for (int i = 0; i < copies.length; i++) {
            half[0] = Math.max(half[0], Math.abs(b.x[i]));
            half[1] = Math.max(half[1], Math.abs(b.y[i]));
            half[2] = Math.max(half[2], Math.abs(b.z[i]));
            for (int copy = 0; copy < copies[i]; copy++, to++) {
                x[to] = (float) b.x[i];
                y[to] = (float) b.y[i];
                z[to] = (float) b.z[i];
                density[to] = (float) (b.density[i] / copies[i]);
                offsetHertz[to] = (float) (b.offsetHertz[i] + b.spreadHertz(i, copy, copies[i]));
                material[to] = classes.index[i];
                number[to] = i;
            }
        }
        halfExtent = new Vec3(half[0], half[1], half[2]);
    }

    /** The same spins at other places. */
    private SpinList(SpinList list, Vec3 placeMeters, Rotation rotation, Optional<Motion> motion) {
        this.motion = motion;
        number = list.number;
        name = list.name;
        cubicMetersPerSpin = list.cubicMetersPerSpin;
        density = list.density;
        offsetHertz = list.offsetHertz;
        material = list.material;
        materials = list.materials;
        x = new float[list.count()];
        y = new float[x.length];
        z = new float[x.length];
        float[] half = new float[3];
        for (int i = 0; i < x.length; i++) {
            Vec3 place =
                    rotation.apply(new Vec3(list.x[i], list.y[i], list.z[i])).plus(placeMeters);
            x[i] = (float) place.x();
            y[i] = (float) place.y();
            z[i] = (float) place.z();
            half[0] = Math.max(half[0], Math.abs(x[i]));
            half[1] = Math.max(half[1], Math.abs(y[i]));
            half[2] = Math.max(half[2], Math.abs(z[i]));
        }
        halfExtent = new Vec3(half[0], half[1], half[2]);
    }

    @Override
    public SpinList placed(Vec3 placeMeters, Rotation rotation) {
        return new SpinList(
                this, placeMeters, rotation, motion.map(own -> new PlacedMotion(own, placeMeters, rotation)));
    }

    /** The same spins without their motion. */
    public SpinList atRest() {
        return new SpinList(this, Vec3.ZERO, Rotation.IDENTITY, Optional.empty());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Material> materials() {
        return materials;
    }

    /** -1: the spins are points, and between them is nothing. */
    @Override
    public int materialAt(double x, double y, double z) {
        return -1;
    }

    @Override
    public Vec3 halfExtentMeters() {
        return halfExtent;
    }

    @Override
    public Optional<SpinList> listed() {
        return Optional.of(this);
    }

    @Override
    public Optional<Motion> motion() {
        return motion;
    }

    public int count() {
        return x.length;
    }

    /** The volume whose magnetisation a spin of density 1 carries. */
    public double cubicMetersPerSpin() {
        return cubicMetersPerSpin;
    }

    public float xMeters(int spin) {
        return x[spin];
    }

    public float yMeters(int spin) {
        return y[spin];
    }

    public float zMeters(int spin) {
        return z[spin];
    }

    /** Equilibrium magnetisation over that of as much water. */
    public float density(int spin) {
        return density[spin];
    }

    /** Frequency relative to the carrier's that the spin has of itself. */
    public float offsetHertz(int spin) {
        return offsetHertz[spin];
    }

    /** Index in {@link #materials}. */
    public int material(int spin) {
        return material[spin];
    }

    /** Which of the spins that the list was made of this is, from 0: a spread makes several of one. */
    public int number(int spin) {
        return number[spin];
    }

    /** Collects what a file lists; all arrays have one entry per spin. */
    public static final class Builder {
        private final String name;
        private final double cubicMetersPerSpin;
        private double[] x;
        private double[] y;
        private double[] z;
        private double[] density;
        private double[] t1;
        private double[] t2;
        private double[] t2Prime;
        private double[] diffusion;
        private double[] offsetHertz;
        private Motion motion;

        /** @param cubicMetersPerSpin the volume that a spin of density 1 stands for */
        public Builder(String name, double cubicMetersPerSpin) {
            this.name = name;
            this.cubicMetersPerSpin = cubicMetersPerSpin;
        }

        /** Metres, device axes. */
        public Builder places(double[] x, double[] y, double[] z) {
            this.x = x;
            this.y = y;
            this.z = z;
            return this;
        }

        /** Of proton density, and the relaxation times in seconds. */
        public Builder contrast(double[] density, double[] t1, double[] t2) {
            this.density = density;
            this.t1 = t1;
            this.t2 = t2;
            return this;
        }

        /**
         * A Lorentzian spread of frequencies about each spin's own, 1/T2* = 1/T2 + 1/T2'. Such a spin becomes up to
         * {@value #MOST_PER_LORENTZIAN} at the same place, at equal shares of the distribution, so that a free decay has T2*
         * and an echo T2.
         *
         * @param t2PrimeSeconds infinite where there is none
         */
        public Builder spread(double[] t2PrimeSeconds) {
            this.t2Prime = t2PrimeSeconds;
            return this;
        }

        /** In m²/s, the same in all directions. */
        public Builder diffusion(double[] squareMetersPerSecond) {
            this.diffusion = squareMetersPerSecond;
            return this;
        }

        /** How the spins move, by their numbers from 0 in these arrays. */
        public Builder motion(Motion byNumber) {
            this.motion = byNumber;
            return this;
        }

        /** Frequency of each spin relative to the carrier's. */
        public Builder offsets(double[] offsetHertz) {
            this.offsetHertz = offsetHertz;
            return this;
        }

        /**
         * All that was said.
         *
         * @throws IllegalArgumentException for what cannot be simulated, naming the spin (counted from 1) and the value
         */
        public SpinList build() {
            int spins = density.length;
            if (spins == 0 || spins > MOST_SPINS) {
                throw new IllegalArgumentException("it lists " + spins + " spins; 1 to " + MOST_SPINS + " are taken");
            }
            if (!(cubicMetersPerSpin > 0 && cubicMetersPerSpin < 1)) {
                throw new IllegalArgumentException(
                        "a spin would stand for " + cubicMetersPerSpin + " m³, which must be above 0 and below 1");
            }
            offsetHertz = offsetHertz == null ? new double[spins] : offsetHertz;
            t2Prime = t2Prime == null ? filled(spins, Double.POSITIVE_INFINITY) : t2Prime;
            diffusion = diffusion == null ? new double[spins] : diffusion;
            check("x", "m", x, -MOST_METERS, MOST_METERS);
            check("y", "m", y, -MOST_METERS, MOST_METERS);
            check("z", "m", z, -MOST_METERS, MOST_METERS);
            check("proton density", "of water's", density, 0, 1e6);
            check("T1", "s", t1, 1e-6, Double.POSITIVE_INFINITY);
            check("T2", "s", t2, 1e-6, Double.POSITIVE_INFINITY);
            check("T2'", "s", t2Prime, 1e-6, Double.POSITIVE_INFINITY);
            check("diffusion", "m²/s", diffusion, 0, 1e-3);
            check("offset", "Hz", offsetHertz, -1e7, 1e7);
            return new SpinList(this);
        }

        private static double[] filled(int length, double value) {
            double[] values = new double[length];
            Arrays.fill(values, value);
            return values;
        }

        private void check(String what, String unit, double[] values, double least, double most) {
            if (values.length != density.length) {
                throw new IllegalArgumentException(
                        "there are " + values.length + " values of " + what + " for " + density.length + " spins");
            }
            for (int i = 0; i < values.length; i++) {
                if (!(values[i] >= least && values[i] <= most)) {
                    throw new IllegalArgumentException("spin " + (i + 1) + " has " + what + " " + values[i] + " " + unit
                            + ": it must be from " + least + " to " + most);
                }
            }
        }

        private int copies(int spin) {
            if (Double.isInfinite(t2Prime[spin])) {
                return 1;
            }
            return Math.max(1, Math.min(MOST_PER_LORENTZIAN, MOST_SPINS / density.length));
        }

        /** Quantiles of the Lorentzian, shifted from spin to spin so that neighbours complete each other. */
        private double spreadHertz(int spin, int copy, int copies) {
            if (Double.isInfinite(t2Prime[spin])) {
                return 0;
            }
            double shift = spin * GOLDEN - Math.floor(spin * GOLDEN);
            double share = (copy + 0.01 + 0.98 * shift) / copies;
            return Math.tan(Math.PI * (share - 0.5)) / (2 * Math.PI * t2Prime[spin]);
        }
    }

    /** Which spins relax alike. */
    private static final class Classes {
        private final List<Material> materials = new ArrayList<>();
        private final int[] index;

        private record Key(double t1, double t2, double diffusion) {}

        private Classes(int spins) {
            index = new int[spins];
        }

        static Classes of(Builder b) {
            double ratio = 0;
            Classes classes = sorted(b, ratio);
            while (classes == null) {
                ratio = ratio == 0 ? FINEST_RATIO : ratio * 2;
                classes = sorted(b, ratio);
            }
            if (ratio > RATIO_THAT_IS_TOLD) {
                LOG.warn(
                        "phantom {} has so many relaxation times that they are rounded to steps of {} %",
                        b.name, Math.round(ratio * 1e4) / 100.0);
            }
            return classes;
        }

        private static Classes sorted(Builder b, double ratio) {
            Classes classes = new Classes(b.density.length);
            Map<Key, Integer> known = new HashMap<>();
            for (int i = 0; i < classes.index.length; i++) {
                Key key = new Key(rounded(b.t1[i], ratio), rounded(b.t2[i], ratio), rounded(b.diffusion[i], ratio));
                Integer found = known.get(key);
                if (found == null) {
                    if (known.size() == MOST_MATERIALS) {
                        return null;
                    }
                    found = known.size();
                    known.put(key, found);
                    classes.materials.add(new Material(b.name + " " + found, 1, key.t1, key.t2, key.diffusion));
                }
                classes.index[i] = found;
            }
            return classes;
        }

        private static double rounded(double value, double ratio) {
            return ratio == 0 || value <= 0 || Double.isInfinite(value)
                    ? value
                    : Math.exp(Math.rint(Math.log(value) / ratio) * ratio);
        }
    }
}
