package org.isocenter.sequence.library;

import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Lobe;

/** A whole spoke: excitation, of a slice or of everything, prephasing, and a readout through the centre of k-space. */
final class SpokeShot implements Shot {
    private final Excitation excitation;
    private final FrequencyEncoding readout;
    private final Lobe readLobe;
    private final Lobe rephaseLobe;
    private final long prephasePs;
    private final long shiftPs;

    /** Blames TE. */
    SpokeShot(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Excitation excitation,
            FrequencyEncoding readout,
            Problems problems) {
        this.excitation = excitation;
        this.readout = readout;
        readLobe = system.shortest(readout.areaToCenterPerMeter(system.grid().stepPs()));
        rephaseLobe = system.shortest(excitation.halfAreaPerMeter());
        long shortest = excitation.gradient() == null
                ? readLobe.durationPs()
                : Math.max(readLobe.durationPs(), rephaseLobe.durationPs());
        long toWindow = readout.earliestPs() + readout.centerPs();
        problems.atLeast(
                "TE",
                (excitation.tailPs() + shortest + toWindow) * 1e-12,
                1e-5,
                "half the excitation " + Timing.ms(excitation.tailPs()) + " + prephasing " + Timing.ms(shortest)
                        + " + half the readout " + Timing.ms(toWindow));
        long available = Math.max(shortest, Rasters.ps(protocol.number("TE")) - excitation.tailPs() - toWindow);
        prephasePs = system.grid().down(available);
        shiftPs = system.grid().nearestRf(available - prephasePs);
    }

    @Override
    public long durationPs() {
        return excitation.blockPs() + prephasePs + readout.blockPs();
    }

    @Override
    public long transmitPs() {
        return excitation.durationPs();
    }

    @Override
    public double echoSeconds() {
        long afterPulse = prephasePs + readout.earliestPs() + shiftPs + readout.centerPs();
        return (excitation.tailPs() + afterPulse) * 1e-12;
    }

    @Override
    public double dwellSeconds() {
        return readout.dwellPs() * 1e-12;
    }

    @Override
    public double readPerMeter() {
        return readout.gradient().areaPerMeter() - readout.areaToCenterPerMeter(shiftPs);
    }

    @Override
    public double phasePerMeter() {
        return 0;
    }

    @Override
    public double sliceHertzPerMeter() {
        return excitation.hertzPerMeter();
    }

    @Override
    public double readHertzPerMeter() {
        return readout.gradient().amplitudeHertzPerMeter();
    }

    @Override
    public void write(PlanWriter writer, Place place) {
        writer.at(place.geometry(), place.turn());
        Vec3 center = place.center();
        var pulse = excitation.pulse(center.z(), place.phaseRadians());
        writer.block(excitation.blockPs(), pulse, null, null, excitation.gradient());
        writer.block(
                prephasePs,
                null,
                readLobe.of(-readout.areaToCenterPerMeter(shiftPs)),
                null,
                rephaseLobe.of(-excitation.halfAreaPerMeter()));
        if (place.counters() == null) {
            writer.block(readout.blockPs(), null, readout.gradient(), null, null);
            return;
        }
        writer.readout(
                readout.blockPs(),
                readout.gradient(),
                readout.window(shiftPs, center.x(), place.phaseRadians()),
                readout.centerSample(),
                0,
                place.counters());
    }
}
