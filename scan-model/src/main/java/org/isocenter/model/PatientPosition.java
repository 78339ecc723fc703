package org.isocenter.model;

/**
 * How the patient lies in the magnet (DICOM PS3.3 C.7.3.1.1.2), and with it the turn between the patient's axes (LPS) and
 * the device's. The device's axes are those of a patient who lies head first, supine: x to that patient's left, y to the
 * back (down), z to the head (into the bore).
 */
public enum PatientPosition {
    HFS("head first, supine", Vec3.X, Vec3.Y, Vec3.Z),
    HFP("head first, prone", neg(Vec3.X), neg(Vec3.Y), Vec3.Z),
    HFDR("head first, on the right side", neg(Vec3.Y), Vec3.X, Vec3.Z),
    HFDL("head first, on the left side", Vec3.Y, neg(Vec3.X), Vec3.Z),
    FFS("feet first, supine", neg(Vec3.X), Vec3.Y, neg(Vec3.Z)),
    FFP("feet first, prone", Vec3.X, neg(Vec3.Y), neg(Vec3.Z)),
    FFDR("feet first, on the right side", neg(Vec3.Y), neg(Vec3.X), neg(Vec3.Z)),
    FFDL("feet first, on the left side", Vec3.Y, Vec3.X, neg(Vec3.Z));

    private final String description;
    private final Rotation patientToDevice;

    /** The device directions of the patient's left, back and head. */
    PatientPosition(String description, Vec3 left, Vec3 posterior, Vec3 superior) {
        this.description = description;
        this.patientToDevice = Rotation.toAxes(left, posterior, superior);
    }

    private static Vec3 neg(Vec3 v) {
        return v.scaled(-1);
    }

    public String description() {
        return description;
    }

    /** Takes a vector in patient LPS to the device's axes. */
    public Rotation patientToDevice() {
        return patientToDevice;
    }
}
