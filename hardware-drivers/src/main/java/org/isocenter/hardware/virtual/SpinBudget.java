package org.isocenter.hardware.virtual;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.isocenter.model.Vec3;

/** Decides how many spins a table deserves: as many as keep the run to some seconds on two cores. */
final class SpinBudget {
    private static final double NANOSECONDS_PER_RUN = 20e9;
    private static final int FEWEST = 60_000;
    static final int MOST = 400_000;

    private final Phantom phantom;
    private final FieldMap field;
    private final List<Pulse> pulses;
    private final WorkerPool pool;
    private final BooleanSupplier aborted;
    private final int most;

    SpinBudget(
            Phantom phantom, FieldMap field, List<Pulse> pulses, WorkerPool pool, BooleanSupplier aborted, int most) {
        this.phantom = phantom;
        this.field = field;
        this.pulses = pulses;
        this.pool = pool;
        this.aborted = aborted;
        this.most = most;
    }

    /** The spins in the part of the phantom that is excited. */
    Spins spins(double nanosecondsPerSpin) {
        Vec3 half = phantom.halfExtentMeters();
        double deviation = 0;
        for (int corner = 0; corner < 27; corner++) {
            double x = half.x() * (corner % 3 - 1);
            double y = half.y() * (corner / 3 % 3 - 1);
            double z = half.z() * (corner / 9 - 1);
            deviation = Math.max(deviation, Math.abs(field.hertzAt(x, y, z)));
        }
        ExcitedRegion region = new ExcitedRegion(pulses, half.norm(), deviation);
        double wanted = NANOSECONDS_PER_RUN / Math.max(1, nanosecondsPerSpin);
        int count = (int) Math.min(most, Math.max(FEWEST, wanted));
        return new SpinPlacement(phantom, field, region, pool, aborted).place(count);
    }
}
