package org.isocenter.session.raw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.layout.ArrayReader;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.pulseq.PulseqFormatException;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.sequence.trajectory.EncodingPlanner;
import org.isocenter.sequence.trajectory.ReadoutTrajectories;

/**
 * Gives the lines of an array the meaning that the Pulseq file they were measured with has: the n-th line is the n-th ADC
 * window. Counters, matrix, field of view and positions in k-space then come from the sequence. Pure; any thread.
 */
public final class SequenceRawData {
    private static final PatientPosition POSITION = PatientPosition.HFS;

    private SequenceRawData() {}

    /** @param notes what had to be assumed, for the user */
    public record Result(RawData raw, List<String> notes) {
        public Result {
            notes = List.copyOf(notes);
        }
    }

    /** @throws IOException when the file cannot be read, or has not as many windows as the array has lines */
    public static Result of(ArrayReader.Result array, Path sequenceFile) throws IOException {
        SequencePlan plan = plan(sequenceFile);
        List<Integer> windows = windows(array, plan, sequenceFile);
        ReadoutTrajectories trajectories = ReadoutTrajectories.of(plan, POSITION);
        List<Readout> readouts = new ArrayList<>();
        for (int i = 0; i < array.raw().size(); i++) {
            Readout line = array.raw().readout(i);
            int window = windows.get(line.header().scanCounter());
            ReadoutHeader header = plan.readouts().get(window);
            if (header.samples() != line.header().samples()) {
                throw new IOException(sequenceFile + ": ADC window " + window + " has " + header.samples()
                        + " samples, the array's lines have " + line.header().samples()
                        + ": is it the sequence they were measured with?");
            }
            readouts.add(new Readout(
                    header.withChannels(line.header().channels()),
                    line.real(),
                    line.imaginary(),
                    trajectories.dimensions(window),
                    trajectories.perMeter(window)));
        }
        List<String> notes = new ArrayList<>(plan.notes());
        notes.add("the lines were taken to be the ADC windows of " + sequenceFile.getFileName()
                + ", one after the other");
        return new Result(RawData.of(header(array.raw().header(), plan, trajectories), readouts), notes);
    }

    /** Lines that run back and forth are those of an EPI, and sampled where the sequence says. */
    private static SequencePlan plan(Path file) throws IOException {
        SequencePlan plan;
        try {
            plan = EncodingPlanner.plan(
                    PulseqReader.read(file.toString(), Files.readAllBytes(file)).sequence(), 0, POSITION);
        } catch (PulseqFormatException e) {
            throw new IOException(e.getMessage(), e);
        }
        List<Encoding> encodings = new ArrayList<>(plan.encodings());
        for (ReadoutHeader header : plan.readouts()) {
            Encoding encoding = encodings.get(header.encodingSpace());
            if (header.has(AcquisitionFlags.REVERSE) && encoding.trajectory() == Encoding.Trajectory.CARTESIAN) {
                encodings.set(
                        header.encodingSpace(),
                        encoding.withTrajectory(Encoding.Trajectory.EPI, encoding.description()));
            }
        }
        return new SequencePlan(plan.sequence(), encodings, plan.readouts(), plan.parameters(), plan.notes());
    }

    /** The window of each line. Arrays often lack the windows that are no part of the image. */
    private static List<Integer> windows(ArrayReader.Result array, SequencePlan plan, Path file) throws IOException {
        List<Integer> all = new ArrayList<>();
        List<Integer> imaging = new ArrayList<>();
        for (int window = 0; window < plan.readouts().size(); window++) {
            all.add(window);
            if (!plan.readouts().get(window).has(AcquisitionFlags.NOT_IMAGING)) {
                imaging.add(window);
            }
        }
        if (array.lines() == all.size()) {
            return all;
        }
        if (array.lines() == imaging.size()) {
            return imaging;
        }
        throw new IOException(file + ": has " + all.size() + " ADC windows, " + imaging.size()
                + " of them for the image, the array has " + array.lines()
                + " lines: is it the sequence they were measured with?");
    }

    private static ScanHeader header(ScanHeader array, SequencePlan plan, ReadoutTrajectories trajectories) {
        Map<String, String> parameters = new HashMap<>(array.userParameters());
        if (trajectories.any()) {
            parameters.put(ScanHeader.TRAJECTORY_UNIT, "1/m");
        }
        return new ScanHeader(
                array.measurementId(),
                array.protocolName(),
                array.start(),
                array.study(),
                array.scanner(),
                plan.parameters(),
                plan.encodings(),
                parameters);
    }
}
