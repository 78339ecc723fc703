package org.isocenter.hardware.virtual.receive;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.hardware.FieldImperfections;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.InterferenceLine;
import org.isocenter.hardware.ReceiveImperfections;
import org.isocenter.hardware.virtual.receive.RandomStreams.Purpose;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.TimedEvents;

/**
 * One run's way from the coil to the samples. All that is random comes from the seed, the window and the channel, so the same
 * seed gives the same samples. Windows come in the order of the table, on one thread.
 */
public final class ReceiveChain {
    private final List<ReceiveStep> steps = new ArrayList<>();

    /**
     * @param noiseFactor multiplies all noise, but not interference
     * @param limits carrier, transmitter and number of channels
     */
    public ReceiveChain(
            Imperfections imperfections,
            ReceiveCoil coil,
            SystemLimits limits,
            TimedEvents table,
            long seed,
            double noiseFactor) {
        ReceiveImperfections receive = imperfections.receive();
        FieldImperfections field = imperfections.field();
        double carrierHertz = limits.larmorHertz() * (1 + field.clockPpm() * 1e-6);
        RandomStreams streams = new RandomStreams(seed);
        double thermal = receive.noise() * noiseFactor;
        double figure = Math.pow(10, receive.noiseFigureDecibels() / 10);

        if (thermal > 0) {
            double[][] correlation =
                    receive.noiseCorrelation() > 0 ? coil.noiseCorrelation(receive.noiseCorrelation()) : null;
            steps.add(ThermalNoise.of(streams, Purpose.THERMAL_NOISE, thermal, correlation));
        }
        for (int i = 0; i < receive.interference().size(); i++) {
            InterferenceLine line = receive.interference().get(i);
            double offsetHertz = line.offsetFrom(carrierHertz);
            steps.add(new InterferenceTones(streams, line, i, offsetHertz, coil.channels()));
        }
        if (receive.mainsNoise() * noiseFactor > 0) {
            steps.add(new MainsNoise(
                    streams, receive.mainsNoise() * noiseFactor, field.mains().frequencyHertz()));
        }
        if (receive.ringdownAmplitude() > 0 || receive.deadSeconds() > 0) {
            steps.add(new AfterTransmission(
                    new TransmitHistory(table, receive.ringdownSeconds()),
                    receive.ringdownAmplitude() / limits.rfPeakHertz(),
                    receive.ringdownSeconds(),
                    receive.deadSeconds()));
        }
        if (thermal > 0 && figure > 1) {
            steps.add(ThermalNoise.of(streams, Purpose.PREAMPLIFIER_NOISE, thermal * Math.sqrt(figure - 1), null));
        }
        if (receive.gainDecibels() != 0) {
            steps.add(Converter.gain(receive.gain()));
        }
        if (receive.fullScale() > 0) {
            steps.add(Converter.clipping(receive.fullScale()));
        }
        steps.add(Converter::demodulate);
        if (receive.bits() > 0) {
            steps.add(Converter.rounding(receive.quantum()));
        }
    }

    /** What the receiver makes of a window. The signal is used up; the samples replace what is in these arrays. */
    public void receive(ReceivedSignal signal, float[] re, float[] im) {
        for (ReceiveStep step : steps) {
            step.apply(signal);
        }
        for (int i = 0; i < signal.re.length; i++) {
            re[i] = (float) signal.re[i];
            im[i] = (float) signal.im[i];
        }
    }
}
