package org.isocenter.dicom.validate;

/**
 * What is wrong with an object.
 *
 * @param where the attribute, within sequences with the number of the item: "ReferencedImageSequence[1]/…"
 * @param problem in words; never a value that may tell who the patient is
 */
public record Finding(String where, String problem) {
    @Override
    public String toString() {
        return where + " " + problem;
    }
}
