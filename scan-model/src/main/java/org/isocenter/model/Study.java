package org.isocenter.model;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;

/**
 * The exam that a scan belongs to. Empty strings mean "not known".
 *
 * @param instanceUid StudyInstanceUID
 * @param frameOfReferenceUid one per positioning of the patient
 * @param start when the exam began
 * @param anatomy the part of the body that is imaged
 * @param phantom quality control: a phantom, not a patient
 * @param orders what the hospital had planned, all of this study; none when it was not scheduled
 * @param performed how the visit is reported to the hospital, or null when it is not
 */
public record Study(
        String instanceUid,
        String id,
        String accessionNumber,
        String description,
        String referringPhysician,
        String frameOfReferenceUid,
        OffsetDateTime start,
        Patient patient,
        PatientPosition position,
        Anatomy anatomy,
        boolean phantom,
        List<ScheduledStep> orders,
        PerformedStep performed) {

    public Study {
        anatomy = anatomy == null ? Anatomy.UNKNOWN : anatomy;
        orders = ScheduledStep.told(orders);
    }

    /** Neither scheduled nor reported. @param bodyPart its term, see {@link Anatomy#named} */
    public Study(
            String instanceUid,
            String id,
            String accessionNumber,
            String description,
            String referringPhysician,
            String frameOfReferenceUid,
            OffsetDateTime start,
            Patient patient,
            PatientPosition position,
            String bodyPart,
            boolean phantom) {
        this(
                instanceUid,
                id,
                accessionNumber,
                description,
                referringPhysician,
                frameOfReferenceUid,
                start,
                patient,
                position,
                Anatomy.named(bodyPart),
                phantom,
                List.of(),
                null);
    }

    /** The first of the orders; null when there is none. */
    public ScheduledStep order() {
        return orders.isEmpty() ? null : orders.get(0);
    }

    /** {@link #withOrders} of one. */
    public Study withOrder(ScheduledStep newOrder) {
        return withOrders(List.of(newOrder));
    }

    /**
     * The same visit, as it was ordered: study UID, study id (the requested procedure's), accession number, description
     * and referring physician are the orders'; empty where they do not agree. Orders of several studies are one study of its
     * own, with the UID that it has already (PS3.17 J.4.1).
     *
     * @param newOrders at least one
     */
    public Study withOrders(List<ScheduledStep> newOrders) {
        String uid = shared(newOrders, RequestedProcedure::studyInstanceUid);
        return new Study(
                uid.isEmpty() ? instanceUid : uid,
                shared(newOrders, RequestedProcedure::id),
                shared(newOrders, RequestedProcedure::accessionNumber),
                shared(newOrders, RequestedProcedure::description),
                shared(newOrders, RequestedProcedure::referringPhysician),
                frameOfReferenceUid,
                start,
                patient,
                position,
                anatomy,
                phantom,
                newOrders,
                performed);
    }

    private static String shared(List<ScheduledStep> steps, Function<RequestedProcedure, String> value) {
        List<String> values = steps.stream()
                .map(step -> value.apply(step.procedure()))
                .distinct()
                .toList();
        return values.size() == 1 ? values.get(0) : "";
    }

    /** The same, reported as this step. */
    public Study withPerformed(PerformedStep newPerformed) {
        return new Study(
                instanceUid,
                id,
                accessionNumber,
                description,
                referringPhysician,
                frameOfReferenceUid,
                start,
                patient,
                position,
                anatomy,
                phantom,
                orders,
                newPerformed);
    }

    /** The same, of another part of the body. */
    public Study withAnatomy(Anatomy newAnatomy) {
        return new Study(
                instanceUid,
                id,
                accessionNumber,
                description,
                referringPhysician,
                frameOfReferenceUid,
                start,
                patient,
                position,
                newAnatomy,
                phantom,
                orders,
                performed);
    }

    @Override
    public String toString() {
        return "Study[" + instanceUid + "]";
    }
}
