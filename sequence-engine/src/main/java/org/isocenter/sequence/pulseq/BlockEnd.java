package org.isocenter.sequence.pulseq;

import java.util.List;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;

/** How long a block lasts by its events alone, as before 1.4. */
final class BlockEnd {
    private BlockEnd() {}

    /** The end of the longest event, in picoseconds; any may be null. */
    static long ps(Rasters rasters, RfPulse rf, Gradient[] gradients, Adc adc, List<Extension> extensions) {
        long end = rf == null ? 0 : rf.endPs(rasters);
        for (Gradient gradient : gradients) {
            end = gradient == null ? end : Math.max(end, gradient.endPs(rasters));
        }
        end = adc == null ? end : Math.max(end, adc.endPs());
        for (Extension extension : extensions) {
            if (extension instanceof Extension.Trigger t) {
                end = Math.max(end, t.delayPs() + t.durationPs());
            }
        }
        return end;
    }
}
