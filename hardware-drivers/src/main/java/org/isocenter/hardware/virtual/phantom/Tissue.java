package org.isocenter.hardware.virtual.phantom;

/**
 * One pool of a tissue, with relaxation times that depend on the field: given at 47 mT, 0.3 T and 1.5 T, between and beyond
 * them on straight lines of log T over log B0 (T1 of tissue follows a power of the field: Bottomley et al., Med Phys 11:425,
 * 1984). 1/T2' is the doing of susceptibility and grows with the field.
 *
 * <p>All are round numbers of the order that was measured in volunteers, to make contrasts look right; they are no reference
 * values (docs/virtual-scanner.md says which were held against what). At 47 mT: O'Reilly and Webb, Magn Reson Med 87:884, 2022
 * (brain, muscle, fat). T1 of the brain at 0.3 T: Rooney et al., Magn Reson Med 57:308, 2007. Heart, blood and fat so that they are
 * right between, at 0.55 T: Campbell-Washburn et al., Radiology 293:384, 2019. At 1.5 T: Stanisz et al., Magn Reson Med 54:507,
 * 2005 (brain, muscle, blood), de Bazelaire et al., Radiology 230:652, 2004 (liver, fat, marrow); T2* of the brain: Peters et
 * al., Magn Reson Imaging 25:748, 2007. The rest lies between or beside these. Diffusion is that of living tissue, the same in
 * all directions.
 */
enum Tissue {
    GREY_MATTER("grey matter", 0.82, 0.85e-9, 0, t1(0.330, 0.545, 1.000), t2(0.105, 0.100, 0.092), 1.0),
    WHITE_MATTER("white matter", 0.70, 0.7e-9, 0, t1(0.275, 0.370, 0.680), t2(0.100, 0.088, 0.074), 1.0),
    DEEP_NUCLEI("deep nuclei", 0.78, 0.75e-9, 0, t1(0.300, 0.470, 0.850), t2(0.095, 0.086, 0.074), 0.35),
    CEREBROSPINAL_FLUID("cerebrospinal fluid", 1.0, 3.0e-9, 0, t1(3.700, 4.000, 4.300), t2(1.580, 1.700, 1.800), 3.0),
    LESION("lesion", 0.90, 1.3e-9, 0, t1(0.550, 0.800, 1.300), t2(0.220, 0.200, 0.170), 1.0),
    SKIN("skin", 0.70, 0.6e-9, 0, t1(0.180, 0.400, 0.900), t2(0.035, 0.033, 0.030), 0.2),
    BONE("bone water", 0.08, 0.3e-9, 0, t1(0.150, 0.220, 0.300), t2(0.020, 0.018, 0.015), 0.02),
    FAT("fat", 0.90, 0.05e-9, -3.4, t1(0.130, 0.155, 0.290), t2(0.090, 0.090, 0.075), 0.12),
    RED_MARROW("marrow water", 0.80, 0.4e-9, 0, t1(0.200, 0.400, 0.850), t2(0.060, 0.055, 0.050), 0.025),
    MUSCLE("muscle", 0.78, 1.5e-9, 0, t1(0.171, 0.400, 0.980), t2(0.039, 0.039, 0.038), 0.2),
    HEART_MUSCLE("heart muscle", 0.80, 1.5e-9, 0, t1(0.250, 0.560, 0.980), t2(0.062, 0.060, 0.050), 0.2),
    BLOOD("blood", 0.85, 1.5e-9, 0, t1(0.550, 0.950, 1.440), t2(0.300, 0.280, 0.250), 1.0),
    LUNG("lung", 0.20, 1.5e-9, 0, t1(0.450, 0.750, 1.200), t2(0.080, 0.065, 0.045), 0.003),
    LIVER("liver", 0.75, 1.0e-9, 0, t1(0.150, 0.300, 0.580), t2(0.060, 0.053, 0.046), 0.11),
    SPLEEN("spleen", 0.80, 0.9e-9, 0, t1(0.280, 0.520, 1.050), t2(0.100, 0.090, 0.078), 0.15);

    private static final double[] LOG_TESLA = {Math.log(0.047), Math.log(0.3), Math.log(1.5)};

    private final String label;
    private final double density;
    private final double diffusion;
    private final double shiftPpm;
    private final double[] t1Seconds;
    private final double[] t2Seconds;
    private final double t2PrimeTeslaSeconds;

    Tissue(
            String label,
            double density,
            double diffusion,
            double shiftPpm,
            double[] t1Seconds,
            double[] t2Seconds,
            double t2PrimeTeslaSeconds) {
        this.label = label;
        this.density = density;
        this.diffusion = diffusion;
        this.shiftPpm = shiftPpm;
        this.t1Seconds = t1Seconds;
        this.t2Seconds = t2Seconds;
        this.t2PrimeTeslaSeconds = t2PrimeTeslaSeconds;
    }

    /** Nothing but this pool. */
    Material at(double fieldTesla) {
        return at(fieldTesla, 1);
    }

    /** @param share of the volume */
    Material at(double fieldTesla, double share) {
        return new Material(
                label,
                density * share,
                atField(t1Seconds, fieldTesla),
                atField(t2Seconds, fieldTesla),
                diffusion,
                shiftPpm,
                t2PrimeTeslaSeconds / fieldTesla);
    }

    private static double atField(double[] seconds, double fieldTesla) {
        double place = Math.log(fieldTesla);
        int from = place < LOG_TESLA[1] ? 0 : 1;
        double share = (place - LOG_TESLA[from]) / (LOG_TESLA[from + 1] - LOG_TESLA[from]);
        return seconds[from] * Math.pow(seconds[from + 1] / seconds[from], share);
    }

    private static double[] t1(double at47Millitesla, double at300Millitesla, double at1500Millitesla) {
        return new double[] {at47Millitesla, at300Millitesla, at1500Millitesla};
    }

    private static double[] t2(double at47Millitesla, double at300Millitesla, double at1500Millitesla) {
        return t1(at47Millitesla, at300Millitesla, at1500Millitesla);
    }
}
