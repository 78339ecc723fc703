package org.isocenter.hardware.instrument;

import java.util.List;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.ScannerException;

/** A gradient or RF amplifier that can be enabled. Off when opened, closed, and after any error. */
public interface PowerAmplifier {
    /** What people read: "gradient amplifier". */
    String name();

    /** Asks whether it is still well; latches an interlock when it is not. */
    State status() throws ScannerException;

    /** Refuses while an interlock is latched. An amplifier that does not confirm is switched off again. */
    void enable() throws ScannerException;

    /** Also when it seems to be off. The exception says when it is not known to be off. */
    void disable() throws ScannerException;

    /** What the amplifier has reported and nobody has acknowledged yet. */
    List<Interlock> interlocks();

    /** Resets the amplifier's fault, because a person said so. It stays off. */
    void acknowledge(Interlock interlock) throws ScannerException;

    /** As far as this program knows. */
    enum State {
        OFF,
        ON,
        /** It did not confirm the last command. */
        UNKNOWN
    }
}
