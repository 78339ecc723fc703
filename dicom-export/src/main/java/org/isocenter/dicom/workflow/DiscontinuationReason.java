package org.isocenter.dicom.workflow;

import java.util.Arrays;
import java.util.Optional;
import org.isocenter.model.Code;

/** Why a procedure step was broken off, as far as it concerns a modality (PS3.16 CID 9300 and 9301). */
public enum DiscontinuationReason {
    DOCTOR_CANCELED("110500", "Doctor canceled procedure"),
    EQUIPMENT_FAILURE("110501", "Equipment failure"),
    INCORRECT_PROCEDURE("110502", "Incorrect procedure ordered"),
    ALLERGY("110503", "Patient allergic to media/contrast"),
    DIED("110504", "Patient died"),
    REFUSED("110505", "Patient refused to continue procedure"),
    TAKEN_AWAY("110506", "Patient taken for treatment or surgery"),
    DID_NOT_ARRIVE("110507", "Patient did not arrive"),
    PREGNANT("110508", "Patient pregnant"),
    CHANGED_FOR_CHARGING("110509", "Change of procedure for correct charging"),
    DUPLICATE_ORDER("110510", "Duplicate order"),
    NURSING_UNIT_CANCELED("110511", "Nursing unit cancel"),
    INCORRECT_SIDE("110512", "Incorrect side ordered"),
    UNSPECIFIED("110513", "Discontinued for unspecified reason"),
    INCORRECT_ENTRY("110514", "Incorrect worklist entry selected"),
    CONDITION("110515", "Patient condition prevented continuing"),
    EQUIPMENT_CHANGED("110516", "Equipment change");

    private final Code code;

    DiscontinuationReason(String value, String meaning) {
        code = new Code(value, "DCM", meaning);
    }

    public Code code() {
        return code;
    }

    /** The reason with this code value, e.g. "110505". */
    public static Optional<DiscontinuationReason> of(String codeValue) {
        return Arrays.stream(values())
                .filter(reason -> reason.code.value().equals(codeValue))
                .findFirst();
    }
}
