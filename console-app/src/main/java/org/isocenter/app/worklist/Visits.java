package org.isocenter.app.worklist;

import java.io.IOException;
import org.isocenter.model.Study;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.hospital.PerformedStepReports;
import org.isocenter.session.outbox.SettingsSource;

/**
 * The visit that the hospital is told of: begun by the first scan of an exam, ended with the exam. Waits for the disk: not on the FX
 * thread.
 */
public final class Visits {
    private final PerformedStepReports reports;
    private final SettingsSource settings;
    private Study visit; // guarded by this

    public Visits(PerformedStepReports reports, SettingsSource settings) {
        this.reports = reports;
        this.settings = settings;
    }

    /** The study of the exam as the visit under way; as it is when it is a phantom's or nobody wants to be told. */
    public synchronized Study of(Study study) throws IOException {
        if (visit == null || !visit.frameOfReferenceUid().equals(study.frameOfReferenceUid())) {
            end();
            boolean told =
                    !study.phantom() && !settings.read().offering(Service.MPPS).isEmpty();
            visit = told ? PerformedStepReports.asVisit(study) : study;
        }
        return visit;
    }

    /** The exam is over. */
    public synchronized void end() {
        if (visit != null && visit.performed() != null) {
            reports.end(visit.performed().instanceUid());
        }
        visit = null;
    }
}
