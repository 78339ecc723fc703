package org.isocenter.hardware.virtual;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.isocenter.hardware.virtual.phantom.Motion;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Vec3;

/**
 * Fills the excited part of a phantom with spins: on a lattice that suits the table where slices are refocused
 * ({@link LatticeSearch}), else in columns along the direction in which slices are selected, finer than the pixels across it.
 * Where slices of several directions cross, the first direction's lattice has it.
 */
final class SpinPlacement {
    private static final double NANOSECONDS_PER_RUN = 60e9;
    private static final int FEWEST = 100_000;
    /** However coarse pixels are, so many spins give an object its volume. */
    private static final int FEWEST_OF_COARSE_PIXELS = 10_000;

    /** More spins than this are not placed for a whole run. */
    static final int MOST = 1_200_000;

    private static final double COARSE_CUBIC_METERS = 3e-8;
    private static final double FINEST_CUBIC_METERS = 1e-12;
    private static final int ENOUGH_TO_MEASURE = 3000;
    private static final double COLUMNS_PER_PIXEL = 1.6;
    private static final double FINEST_IN_COLUMN_METERS = 0.04e-3;

    private static final int FEWEST_PER_COLUMN_METER = 150;

    private final Phantom phantom;
    private final FieldMap field;
    private final GradientWarp warp;
    private final Surroundings surroundings;
    private final TableSurvey survey;
    private final CoherenceReach coherences;
    private final SpinPools pools;
    private final PhantomReach reach;
    private final ExcitedRegion region;
    private final WorkerPool pool;
    private final DoubleConsumer progress;
    private final BooleanSupplier aborted;
    private final List<Vec3> directions;

    /**
     * @param larmorHertz of water in the scanner's field, for chemical shifts
     * @param coherences that slices have while they are read; null where nothing is encoded or no slice selected
     */
    SpinPlacement(
            Phantom phantom,
            double larmorHertz,
            Surroundings surroundings,
            TableSurvey survey,
            CoherenceReach coherences,
            PhantomReach reach,
            WorkerPool pool,
            DoubleConsumer progress,
            BooleanSupplier aborted) {
        this.phantom = phantom;
        this.surroundings = surroundings;
        field = surroundings.field();
        warp = surroundings.warp();
        this.survey = survey;
        this.coherences = coherences;
        this.reach = reach;
        this.pool = pool;
        this.progress = progress;
        this.aborted = aborted;
        pools = new SpinPools(phantom, larmorHertz);
        region = new ExcitedRegion(
                survey.excitingPulses(),
                reach.radiusMeters(),
                reach.fieldHertz(),
                pools.largestOwnHertz(),
                survey.lowestShiftHertz(),
                survey.highestShiftHertz());
        List<Vec3> selected = survey.selectDirections();
        directions = region.everywhere() ? selected.subList(0, selected.size() == 1 ? 1 : 0) : selected;
    }

    /** As many spins as keep a run with so many channels to some seconds on two cores, but at most so many. */
    Spins place(int most, int channels) {
        if (survey.library().pulses().isEmpty()) {
            return new Spins(List.of(), FINEST_CUBIC_METERS); // a noise scan
        }
        double cell = COARSE_CUBIC_METERS;
        SpinPoints coarse = fill(Lattice.bodyCentred(cell), null, share -> {});
        while (coarse.count() < ENOUGH_TO_MEASURE && cell > 10 * FINEST_CUBIC_METERS && !aborted.getAsBoolean()) {
            cell /= 5;
            coarse = fill(Lattice.bodyCentred(cell), null, share -> {});
        }
        double perRun = reach.moves()
                ? survey.nanosecondsPerMovingSpin() * region.meanShare() * shareWithin(coarse)
                : survey.nanosecondsPerSpin(channels) * region.meanShare();
        double affordable = NANOSECONDS_PER_RUN / Math.max(1, perRun);
        double wanted = Math.min(most, Math.max(FEWEST, affordable));
        double perSpin = Math.max(FINEST_CUBIC_METERS, coarse.count() * cell / wanted);
        double pixelColumn = inSteps(survey.pixelMeters() / COLUMNS_PER_PIXEL);
        if (!directions.isEmpty() && Double.isFinite(pixelColumn)) {
            double fine = pixelColumn * pixelColumn * FINEST_IN_COLUMN_METERS;
            double enough = coarse.count() * cell / FEWEST_OF_COARSE_PIXELS;
            perSpin = Math.max(perSpin, Math.min(fine, enough));
        }
        perSpin = directions.isEmpty() ? perSpin : inSteps(perSpin);
        SpinGrouping groups = new SpinGrouping(phantom, surroundings);
        if (directions.isEmpty()) {
            groups.add(fill(Lattice.bodyCentred(perSpin), null, progress), survey.spinOrder(null));
        }
        Lattice found =
                directions.isEmpty() || coherences == null ? null : new LatticeSearch(coherences, perSpin).best();
        for (int d = 0; d < directions.size(); d++) {
            Vec3 direction = directions.get(d);
            int before = d;
            Lattice lattice = found == null ? columns(direction, pixelColumn, perSpin) : found;
            SpinPoints points =
                    fill(lattice, direction, share -> progress.accept((before + share) / directions.size()));
            groups.add(points, survey.spinOrder(direction));
        }
        return groups.spins(perSpin, false);
    }

    /**
     * Rounded to steps of a half: tables that differ a little, as one does that a console's words were made of, have the same spins, and
     * the same grain.
     */
    private static double inSteps(double value) {
        double step = Math.log(1.5);
        return Math.exp(step * Math.rint(Math.log(value) / step));
    }

    private Lattice columns(Vec3 direction, double pixelColumn, double perSpin) {
        double column = Math.min(pixelColumn, Math.cbrt(perSpin));
        column = Math.max(column, Math.sqrt(perSpin * FEWEST_PER_COLUMN_METER));
        return Lattice.columns(direction, survey.edgeAcross(direction), column, perSpin);
    }

    /** What share of the spins that ever come into the excited region is there at a time; only these are work. */
    private double shareWithin(SpinPoints points) {
        return (double) points.count(this::mayBeTurned) / Math.max(1, points.count());
    }

    /** All lattice points in the phantom's part that is excited along this direction and none before; null for any. */
    private SpinPoints fill(Lattice lattice, Vec3 direction, DoubleConsumer filled) {
        Vec3 half = phantom.halfExtentMeters();
        int reachA = mostSteps(lattice.coordinateA(), half);
        int reachB = mostSteps(lattice.coordinateB(), half);
        SpinPoints[] planes = new SpinPoints[2 * reachA + 1];
        AtomicInteger done = new AtomicInteger();
        pool.each(planes.length, (number, worker) -> {
            planes[number] = new SpinPoints();
            for (int j = -reachB; j <= reachB && !aborted.getAsBoolean(); j++) {
                Vec3 start =
                        lattice.a().scaled(number - reachA).plus(lattice.b().scaled(j));
                SplittableRandom random = new SplittableRandom(number * 1_000_003L + j);
                double share = VoxelSpread.share(number - reachA, j);
                line(start, lattice, share, random, direction, planes[number]);
            }
            filled.accept((double) done.incrementAndGet() / planes.length);
        });
        SpinPoints all = new SpinPoints();
        for (SpinPoints plane : planes) {
            all.addAll(plane);
        }
        return all;
    }

    private static int mostSteps(Vec3 coordinate, Vec3 half) {
        return (int) Math.ceil(Math.abs(coordinate.x()) * half.x()
                + Math.abs(coordinate.y()) * half.y()
                + Math.abs(coordinate.z()) * half.z());
    }

    /** The points of one column of the lattice, which passes {@code start}. */
    private void line(
            Vec3 start, Lattice lattice, double share, SplittableRandom random, Vec3 direction, SpinPoints points) {
        Vec3 along = lattice.c();
        Vec3 half = phantom.halfExtentMeters();
        double[] s = {start.x(), start.y(), start.z()};
        double[] d = {along.x(), along.y(), along.z()};
        double[] h = {half.x(), half.y(), half.z()};
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            if (Math.abs(d[axis]) < 1e-12) {
                if (Math.abs(s[axis]) > h[axis]) {
                    return;
                }
                continue;
            }
            double one = (-h[axis] - s[axis]) / d[axis];
            double other = (h[axis] - s[axis]) / d[axis];
            low = Math.max(low, Math.min(one, other));
            high = Math.min(high, Math.max(one, other));
        }
        for (int k = (int) Math.ceil(low); k <= high; k++) {
            double at = k + lattice.scatter() * (random.nextDouble() - 0.5);
            point(
                    s[0] + at * d[0],
                    s[1] + at * d[1],
                    s[2] + at * d[2],
                    VoxelSpread.further(share, k),
                    direction,
                    points);
        }
    }

    /** A point that the gradients may see somewhere else. */
    private void point(double x, double y, double z, double share, Vec3 direction, SpinPoints points) {
        if (!reach.moves() && !mayBeTurned(x, y, z)) {
            return;
        }
        int mixture = phantom.materialAt(x, y, z);
        if (mixture < 0 || reach.moves() && !reach.comesTo(x, y, z, this::mayBeTurned)) {
            return;
        }
        for (int pool : pools.of(mixture)) {
            double own = pools.ownHertz(pool, share);
            if (belongs(x, y, z, own, direction)) {
                points.add(x, y, z, pool, own);
            }
        }
    }

    private boolean mayBeTurned(double x, double y, double z) {
        return region.everywhere()
                || region.mayContain(
                        warp.seenX(x, y, z), warp.seenY(x, y, z), warp.seenZ(x, y, z), field.hertzAt(x, y, z));
    }

    private boolean belongs(double x, double y, double z, double own, Vec3 direction) {
        if (region.everywhere()) {
            return true;
        }
        if (direction == null) {
            return reach.comesTo(
                    x,
                    y,
                    z,
                    (px, py, pz) -> region.contains(
                            warp.seenX(px, py, pz),
                            warp.seenY(px, py, pz),
                            warp.seenZ(px, py, pz),
                            field.hertzAt(px, py, pz) + own));
        }
        for (Vec3 earlier : directions) {
            Motion.PlaceTest turned = (px, py, pz) -> region.contains(
                    warp.seenX(px, py, pz),
                    warp.seenY(px, py, pz),
                    warp.seenZ(px, py, pz),
                    field.hertzAt(px, py, pz) + own,
                    earlier);
            if (reach.comesTo(x, y, z, turned)) {
                return earlier == direction;
            }
        }
        return false;
    }
}
