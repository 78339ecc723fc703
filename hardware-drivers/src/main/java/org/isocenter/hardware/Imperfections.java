package org.isocenter.hardware;

/**
 * How a simulated scanner falls short of a perfect one, part by part. A part that a profile leaves out is perfect.
 *
 * @param field of the magnet
 * @param gradients their amplifiers and coils
 * @param transmit the transmitter and its coil
 * @param receive from the coil to the samples
 * @param faults of the spectrometer
 */
public record Imperfections(
        FieldImperfections field,
        GradientImperfections gradients,
        TransmitImperfections transmit,
        ReceiveImperfections receive,
        FaultRates faults) {
    public static final Imperfections NONE = new Imperfections(
            FieldImperfections.NONE,
            GradientImperfections.NONE,
            TransmitImperfections.NONE,
            ReceiveImperfections.NONE,
            FaultRates.NONE);

    static Imperfections read(ProfileSection section) throws ProfileFormatException {
        Imperfections imperfections = new Imperfections(
                FieldImperfections.read(section.sectionOrEmpty("field")),
                GradientImperfections.read(section.sectionOrEmpty("gradients")),
                TransmitImperfections.read(section.sectionOrEmpty("transmit")),
                ReceiveImperfections.read(section.sectionOrEmpty("receive")),
                FaultRates.read(section.sectionOrEmpty("faults")));
        section.end();
        return imperfections;
    }

    public Imperfections with(FieldImperfections other) {
        return new Imperfections(other, gradients, transmit, receive, faults);
    }

    public Imperfections with(GradientImperfections other) {
        return new Imperfections(field, other, transmit, receive, faults);
    }

    public Imperfections with(TransmitImperfections other) {
        return new Imperfections(field, gradients, other, receive, faults);
    }

    public Imperfections with(ReceiveImperfections other) {
        return new Imperfections(field, gradients, transmit, other, faults);
    }

    public Imperfections with(FaultRates other) {
        return new Imperfections(field, gradients, transmit, receive, other);
    }
}
