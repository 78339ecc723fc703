package org.isocenter.hardware.stream.device;

import java.util.EnumSet;
import java.util.Set;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.stream.Capability;
import org.isocenter.hardware.stream.DeviceLimits;
import org.isocenter.hardware.stream.Hello;
import org.isocenter.hardware.stream.Welcome;
import org.isocenter.model.SystemLimits;

/** What a device says of itself to a host that says HELLO. */
record Introduction(Playback playback, DeviceSettings settings) {
    private static final int ALL_INTERLOCKS = (1 << Interlock.Kind.values().length) - 1;

    /**
     * @param serial whether there can be no second connection
     * @param resumed whether the session goes on
     */
    Welcome welcome(Session session, Spectrometer spectrometer, boolean serial, boolean resumed) {
        return new Welcome(
                Hello.VERSION,
                capabilities(serial),
                spectrometer.state(),
                spectrometer.reason(),
                resumed,
                playback.limits().receiveChannels(),
                session.exchange.next(),
                settings.largest(),
                settings.window(),
                settings.deadManMillis(),
                settings.queueBytes(),
                session.token,
                limits(),
                ALL_INTERLOCKS,
                settings.name(),
                "emulated 1",
                "");
    }

    private Set<Capability> capabilities(boolean serial) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        if (settings.demodulates()) {
            capabilities.add(Capability.DEMODULATES);
        }
        if (!serial) {
            capabilities.add(Capability.CONTROL);
        }
        if (playback.needsTheWhole()) {
            capabilities.add(Capability.WHOLE_TABLE);
        }
        if (!settings.realPace()) {
            capabilities.add(Capability.SIMULATED);
        }
        return capabilities;
    }

    private DeviceLimits limits() {
        SystemLimits own = playback.limits();
        return new DeviceLimits(
                own.clockHertz(),
                own.larmorHertz(),
                own.larmorHertz(),
                own.gradientHertzPerMeter(),
                own.slewHertzPerMeterPerSecond(),
                own.rfPeakHertz(),
                own.rfDutyFraction(),
                0,
                0,
                0,
                OutputLimits.LONGEST_WINDOW);
    }
}
