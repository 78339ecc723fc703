package org.isocenter.hardware;

/** The gradient amplifiers and coils. */
public record GradientImperfections() {
    public static final GradientImperfections NONE = new GradientImperfections();

    static GradientImperfections read(ProfileSection section) throws ProfileFormatException {
        section.end();
        return NONE;
    }
}
