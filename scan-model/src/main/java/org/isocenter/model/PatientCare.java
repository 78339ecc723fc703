package org.isocenter.model;

/**
 * What those who care for the patient must know, as the worklist tells it; empty means "not told".
 *
 * @param medicalAlerts (0010,2000): implants, for instance
 * @param allergies (0010,2110)
 * @param pregnancyStatus (0010,21C0): 1 not pregnant, 2 possibly, 3 definitely, 4 unknown; 0 when not told
 * @param specialNeeds (0038,0050)
 * @param state (0038,0500)
 * @param admissionId (0038,0010)
 * @param location (0038,0300): where the patient is now
 * @param transport (0040,1004)
 * @param confidentiality (0040,3001)
 */
public record PatientCare(
        String medicalAlerts,
        String allergies,
        int pregnancyStatus,
        String specialNeeds,
        String state,
        String admissionId,
        String location,
        String transport,
        String confidentiality) {
    public static final PatientCare UNKNOWN = new PatientCare("", "", 0, "", "", "", "", "", "");

    public PatientCare {
        medicalAlerts = ScheduledStep.told(medicalAlerts);
        allergies = ScheduledStep.told(allergies);
        specialNeeds = ScheduledStep.told(specialNeeds);
        state = ScheduledStep.told(state);
        admissionId = ScheduledStep.told(admissionId);
        location = ScheduledStep.told(location);
        transport = ScheduledStep.told(transport);
        confidentiality = ScheduledStep.told(confidentiality);
    }

    @Override
    public String toString() {
        return "PatientCare[…]";
    }
}
