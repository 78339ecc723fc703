package org.isocenter.model;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/**
 * What the hospital has planned: one scheduled procedure step of a worklist. Texts, names and UIDs are as they came, to the
 * letter; empty strings and nulls mean "not told".
 *
 * @param id ScheduledProcedureStepID (0040,0009)
 * @param protocolCodes ScheduledProtocolCodeSequence (0040,0008): which protocol to run
 * @param modality e.g. MR
 * @param stationAeTitle the scanner that it is meant for
 * @param location ScheduledProcedureStepLocation (0040,0011)
 * @param startDate planned, or null
 * @param startTime planned, or null
 * @param performingPhysician PN
 * @param preMedication (0040,0012)
 * @param contrastAgent RequestedContrastAgent (0032,1070)
 * @param procedure what was ordered
 * @param anatomy what is to be imaged, as far as it is coded
 */
public record ScheduledStep(
        String id,
        String description,
        List<Code> protocolCodes,
        String modality,
        String stationAeTitle,
        String stationName,
        String location,
        LocalDate startDate,
        LocalTime startTime,
        String performingPhysician,
        String preMedication,
        String contrastAgent,
        RequestedProcedure procedure,
        Patient patient,
        PatientCare care,
        Anatomy anatomy) {

    public ScheduledStep {
        id = told(id);
        description = told(description);
        protocolCodes = told(protocolCodes);
        modality = told(modality);
        stationAeTitle = told(stationAeTitle);
        stationName = told(stationName);
        location = told(location);
        performingPhysician = told(performingPhysician);
        preMedication = told(preMedication);
        contrastAgent = told(contrastAgent);
        patient = patient == null ? Patient.UNKNOWN : patient;
        care = care == null ? PatientCare.UNKNOWN : care;
        anatomy = anatomy == null ? Anatomy.UNKNOWN : anatomy;
    }

    static String told(String text) {
        return text == null ? "" : text;
    }

    static <T> List<T> told(List<T> items) {
        return items == null ? List.of() : List.copyOf(items);
    }

    /** Only the UID may be logged: the rest may tell who the patient is. */
    @Override
    public String toString() {
        return "ScheduledStep[" + procedure + "]";
    }
}
