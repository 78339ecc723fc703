package org.isocenter.recon.mrd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Waveform;
import org.isocenter.recon.hdf5.Hdf5DataSet;
import org.isocenter.recon.hdf5.Hdf5Exception;
import org.isocenter.recon.hdf5.Hdf5File;
import org.isocenter.recon.hdf5.Hdf5Group;

/** Reads one measurement of an MRD file. */
final class MrdFileReader {

    private final Hdf5File hdf5;
    private final Path file;
    private final MrdNotes notes;
    private final long mostSampleBytes;
    /** Where samples stay that would take too much memory; null as long as there are none. */
    private SamplesFile samplesFile;

    /** @param mostSampleBytes of samples in memory, about; others stay in the file until they are asked for */
    MrdFileReader(Hdf5File hdf5, Path file, MrdNotes notes, long mostSampleBytes) {
        this.hdf5 = hdf5;
        this.file = file;
        this.notes = notes;
        this.mostSampleBytes = mostSampleBytes;
    }

    MrdFile.Contents read(Hdf5Group group, MrdIntake intake) throws IOException {
        MrdHeaderXml.Parsed parsed = MrdHeaderXml.read(text(group, "xml"));
        parsed.notes().forEach(notes::add);
        RawData raw = readouts(group, parsed.header(), intake);
        raw.appendWaveforms(waveforms(group));
        String config = text(group, "config");
        return new MrdFile.Contents(raw, config.isEmpty() ? text(group, "config_file") : config, notes.toList());
    }

    /** A data set of one text; an empty one where there is none. */
    private String text(Hdf5Group group, String name) throws IOException {
        Hdf5DataSet dataSet = group.dataSet(name);
        if (dataSet == null) {
            return "";
        }
        List<String> texts = new TextReader(hdf5).read(dataSet);
        if (texts.size() != 1) {
            throw new Hdf5Exception("'" + dataSet.path() + "' is not one text but " + texts.size());
        }
        return texts.get(0);
    }

    /** Takes one readout after the other. */
    interface ReadoutSink {
        /**
         * @param number from 0
         * @param of how many there are
         * @param position of its samples in the file, in bytes
         */
        void take(Readout readout, long number, long of, long position) throws IOException;
    }

    /** Reads readouts as they are stored, one at a time. */
    void forEachReadout(Hdf5Group group, ReadoutSink sink) throws IOException {
        Hdf5DataSet data = dataSet(group, "data");
        RecordLayout layout = new RecordLayout(data.type(), MrdTypes.ACQUISITION, "data", notes);
        RecordDecoder decoder = new RecordDecoder(file.toString(), notes);
        ByteBuffer record = layout.newRecord();
        Memory memory = new Memory(hdf5.size());
        long row = 0;
        while (row < data.rows()) {
            int rows = (int) Math.min(data.goodRows(), data.rows() - row);
            ByteBuffer block = data.read(row, rows);
            for (int i = 0; i < rows; i++, row++) {
                layout.copy(block, i * layout.recordBytes(), record);
                String what = "readout " + row;
                ByteBuffer trajectory = hdf5.heap().value(record, MrdTypes.TRAJECTORY_AT, 4, what);
                ByteBuffer samples = hdf5.heap().value(record, MrdTypes.DATA_AT, 4, what);
                memory.read(trajectory.remaining() + samples.remaining());
                long position = hdf5.heap().position(record, MrdTypes.DATA_AT, samples);
                sink.take(decoder.decode(record, row, trajectory, samples), row, data.rows(), position);
            }
        }
    }

    private RawData readouts(Hdf5Group group, ScanHeader header, MrdIntake intake) throws IOException {
        Memory memory = new Memory(hdf5.size());
        RawData[] raw = new RawData[1];
        long[] rows = new long[1];
        forEachReadout(group, (stored, number, of, position) -> {
            if (number == 0) {
                raw[0] = empty(intake.header(withDwell(header, stored)), of);
                rows[0] = of;
            }
            Readout kept = intake.readout(FiniteSamples.of(stored, notes));
            if (kept != null) {
                raw[0].append(withRoom(kept, stored, position, memory));
            }
        });
        return raw[0] == null ? empty(intake.header(header), 0) : complete(raw[0], rows[0]);
    }

    /** With the samples in memory while there is plenty, else, if they are those of the file, left there. */
    private Readout withRoom(Readout kept, Readout stored, long position, Memory memory) throws IOException {
        if (memory.holdsLessThan(mostSampleBytes) || kept.samples() != stored.samples()) {
            memory.keep(kept);
            return kept;
        }
        memory.keepPositions(kept);
        if (samplesFile == null) {
            samplesFile = new SamplesFile(file);
        }
        return new Readout(
                kept.header(),
                samplesFile.at(position, kept.samples().count()),
                kept.trajectoryDimensions(),
                kept.trajectoryPerMeter());
    }

    /** Room for the readouts that are there, or for those that a scan cut short was to bring. */
    private RawData empty(ScanHeader header, long readouts) throws Hdf5Exception {
        if (readouts > Integer.MAX_VALUE - 8) {
            throw new Hdf5Exception(readouts + " readouts are more than can be read");
        }
        Map<String, String> parameters = new HashMap<>(header.userParameters());
        String expected = parameters.remove(MrdFile.EXPECTED_READOUTS);
        int room = (int) readouts;
        if (expected != null && expected.matches("\\d{1,7}")) {
            room = Math.max(room, Integer.parseInt(expected));
        }
        return new RawData(withParameters(header, header.sequence(), parameters), room);
    }

    /** Without the room of readouts that the intake left out. */
    private static RawData complete(RawData raw, long rows) {
        if (raw.size() == rows || raw.expected() != rows) {
            return raw;
        }
        RawData smaller = new RawData(raw.header(), raw.size());
        for (int i = 0; i < raw.size(); i++) {
            smaller.append(raw.readout(i));
        }
        return smaller;
    }

    /** MRD's own header does not hold the sampling time, the readouts do. */
    private static ScanHeader withDwell(ScanHeader header, Readout first) {
        SequenceParameters s = header.sequence();
        double dwell = first.header().dwellSeconds();
        if (Double.isFinite(s.dwellSeconds())) {
            return header;
        }
        SequenceParameters sequence = new SequenceParameters(
                s.sequenceName(),
                s.scanningSequence(),
                s.sequenceVariant(),
                s.acquisitionType(),
                s.repetitionTimeSeconds(),
                s.echoTimesSeconds(),
                s.inversionTimeSeconds(),
                s.flipAngleRadians(),
                s.echoTrainLength(),
                s.averages(),
                s.sliceThicknessMeters(),
                dwell > 0 ? dwell : Double.NaN,
                s.diffusion());
        return withParameters(header, sequence, header.userParameters());
    }

    private static ScanHeader withParameters(
            ScanHeader header, SequenceParameters sequence, Map<String, String> parameters) {
        return new ScanHeader(
                header.measurementId(),
                header.protocolName(),
                header.start(),
                header.study(),
                header.scanner(),
                sequence,
                header.encodings(),
                parameters);
    }

    private List<Waveform> waveforms(Hdf5Group group) throws IOException {
        Hdf5DataSet data = group.dataSet("waveforms");
        List<Waveform> waveforms = new ArrayList<>();
        if (data == null) {
            return waveforms;
        }
        RecordLayout layout = new RecordLayout(data.type(), MrdTypes.WAVEFORM, "waveforms", notes);
        ByteBuffer record = layout.newRecord();
        Memory memory = new Memory(hdf5.size());
        long row = 0;
        while (row < data.rows()) {
            int rows = (int) Math.min(data.goodRows(), data.rows() - row);
            ByteBuffer block = data.read(row, rows);
            for (int i = 0; i < rows; i++, row++) {
                layout.copy(block, i * layout.recordBytes(), record);
                ByteBuffer values = hdf5.heap().value(record, MrdTypes.VALUES_AT, 4, "waveform " + row);
                memory.read(values.remaining());
                waveforms.add(waveform(record, values, row));
            }
        }
        return waveforms;
    }

    private Waveform waveform(ByteBuffer head, ByteBuffer bytes, long row) throws MrdFormatException {
        int samples = Fields.unsigned(head, 28);
        int channels = Fields.unsigned(head, 30);
        int[] values = new int[bytes.remaining() / 4];
        bytes.asIntBuffer().get(values);
        if ((long) samples * channels != values.length) {
            throw new MrdFormatException(
                    file.toString(),
                    "waveform " + row,
                    "holds " + values.length + " values, its header says " + samples + " samples × " + channels
                            + " channels");
        }
        return WaveformCodec.of(head, 0, samples, channels, values);
    }

    private static Hdf5DataSet dataSet(Hdf5Group group, String name) throws IOException {
        Hdf5DataSet dataSet = group.dataSet(name);
        if (dataSet == null) {
            throw new Hdf5Exception("'" + group.path() + "/" + name + "' is no data set");
        }
        return dataSet;
    }
}
