package org.isocenter.app.worklist;

import java.io.IOException;
import org.isocenter.dicom.workflow.DiscontinuationReason;
import org.isocenter.model.Study;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.hospital.PerformedStepReports;
import org.isocenter.session.outbox.SettingsSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The visit that the hospital is told of: begun by the first scan of an exam, ended with the exam. Waits for the disk: not on the FX
 * thread.
 */
public final class Visits {
    private static final Logger LOG = LoggerFactory.getLogger(Visits.class);

    private final PerformedStepReports reports;
    private final SettingsSource settings;
    private Study visit; // guarded by this

    public Visits(PerformedStepReports reports, SettingsSource settings) {
        this.reports = reports;
        this.settings = settings;
    }

    /** The study of the exam as the visit under way; as it is when it is a phantom's or nobody wants to be told. */
    public synchronized Study of(Study study) {
        if (!isOf(study)) {
            end();
            visit = visitOf(study);
        }
        visit = visit.withAnatomy(study.anatomy());
        return visit;
    }

    private Study visitOf(Study study) {
        return !study.phantom() && isWanted() ? PerformedStepReports.asVisit(study) : study;
    }

    private boolean isOf(Study study) {
        return visit != null && visit.frameOfReferenceUid().equals(study.frameOfReferenceUid());
    }

    /** Settings that cannot be read do not keep a patient waiting: who is to be told can be settled later. */
    private boolean isWanted() {
        try {
            return !settings.read().offering(Service.MPPS).isEmpty();
        } catch (IOException e) {
            LOG.error("whom to tell of the exam is not known until the settings can be read", e);
            return true;
        }
    }

    /** This exam is over; another stays as it is. */
    public synchronized void end(Study study) {
        if (isOf(study)) {
            end();
        }
    }

    /** This exam was broken off, were it before its first scan. False when the hospital is not told of it. */
    public synchronized boolean breakOff(Study study, DiscontinuationReason reason) {
        boolean begun = isOf(study);
        Study brokenOff = begun ? visit : visitOf(study);
        visit = begun ? null : visit;
        boolean told = brokenOff.performed() != null;
        if (told) {
            reports.breakOff(brokenOff, reason);
        }
        return told;
    }

    /** The exam under way is over. */
    public synchronized void end() {
        if (visit != null && visit.performed() != null) {
            reports.end(visit.performed().instanceUid());
        }
        visit = null;
    }
}
