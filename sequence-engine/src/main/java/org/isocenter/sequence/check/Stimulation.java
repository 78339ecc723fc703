package org.isocenter.sequence.check;

import java.util.List;
import org.isocenter.model.SafetyLimits.Mode;
import org.isocenter.model.SafetyLimits.ModeLimit;
import org.isocenter.model.SafetyLimits.StimulationModel;

/** Follows how strongly the gradients stimulate nerves; values are shares of the threshold. */
abstract class Stimulation implements GradientSink {
    private final StimulationModel model;
    private final Mode mode;
    private final String method;
    /** Of the three axes' root of squares. */
    final Peak peak = new Peak();
    /** Of each axis by itself. */
    final Peak[] axisPeaks = {new Peak(), new Peak(), new Peak()};

    Stimulation(StimulationModel model, Mode mode, String method) {
        this.model = model;
        this.mode = mode;
        this.method = method;
    }

    /** Takes the three axes' stimulation at an instant. */
    final void see(double x, double y, double z, long ps, int block) {
        seeAxis(0, x, ps, block);
        seeAxis(1, y, ps, block);
        seeAxis(2, z, ps, block);
        double norm = Math.sqrt(x * x + y * y + z * z);
        if (peak.isBelow(norm)) {
            int strongest = x >= y && x >= z ? 0 : y >= z ? 1 : 2;
            peak.set(norm, ps, block, strongest);
        }
    }

    private void seeAxis(int axis, double value, long ps, int block) {
        if (axisPeaks[axis].isBelow(value)) {
            axisPeaks[axis].set(value, ps, block, axis);
        }
    }

    /** Whether values bounded by these could hold a new peak, of an axis or of all. */
    final boolean matters(double x, double y, double z) {
        double whole = peak.value();
        return x > axisPeaks[0].value()
                || y > axisPeaks[1].value()
                || z > axisPeaks[2].value()
                || x * x + y * y + z * z > whole * whole;
    }

    @Override
    public List<CheckResult> results() {
        ModeLimit limit = model.limit();
        double most = limit.in(mode);
        String name = (model.target().equals("peripheral")
                        ? "PNS"
                        : model.target().equals("cardiac") ? "CNS" : model.target())
                + " (" + method + ")";
        double value = peak.value();
        boolean pass = value <= most;
        String detail = pass
                ? ""
                : peak.where() + ", gradient " + "xyz".charAt(peak.axis()) + " most: " + Worst.number(100 * value)
                        + " % of the threshold; gradients scaled by " + Peak.factor(most, value)
                        + " pass"
                        + (mode == Mode.NORMAL && value <= limit.firstLevel()
                                ? "; in the first level mode this passes as it is"
                                : "");
        return List.of(new CheckResult(name, 100 * value, 100 * most, "%", pass, detail));
    }
}
