package org.isocenter.session.run;

import java.net.URI;
import java.util.Optional;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.instrument.SarMonitor;
import org.isocenter.model.Study;
import org.isocenter.session.archive.Archive;

/**
 * Whom SAR monitors guard during a scan. A monitor forgets what it has averaged when it is known that another patient lies in the
 * scanner, and never for the same one: where somebody has no identifier of their own, the power so far counts on.
 */
final class GuardedPatient {
    private static final String NOT_IDENTIFIED = "";

    private final Archive archive;
    private final Study study;

    /** @param archive knows whom each monitor guarded last */
    GuardedPatient(Archive archive, Study study) {
        this.archive = archive;
        this.study = study;
    }

    /** Starts the monitor with these limits; waits for it and for the disk. */
    void start(URI address, SarMonitor monitor, SarMonitor.Limits limits) throws ScannerException {
        if (study.phantom()) {
            monitor.start(limits); // and the patient before it may come back
            return;
        }
        String device = DeviceInterlocks.hardware(address);
        String patient = study.patient().isIdentified() ? study.patient().id() : NOT_IDENTIFIED;
        if (isAnother(patient, archive.guarded(device))) {
            monitor.startPatient(limits);
        } else {
            monitor.start(limits);
        }
        archive.guard(device, patient);
    }

    private static boolean isAnother(String patient, Optional<String> before) {
        return !patient.equals(NOT_IDENTIFIED)
                && !before.equals(Optional.of(NOT_IDENTIFIED))
                && !before.equals(Optional.of(patient));
    }
}
