package org.isocenter.recon.mrd;

import static org.bytedeco.hdf5.global.hdf5.H5Dclose;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_type;
import static org.bytedeco.hdf5.global.hdf5.H5Dopen2;
import static org.bytedeco.hdf5.global.hdf5.H5F_ACC_RDONLY;
import static org.bytedeco.hdf5.global.hdf5.H5Fclose;
import static org.bytedeco.hdf5.global.hdf5.H5Fopen;
import static org.bytedeco.hdf5.global.hdf5.H5Gclose;
import static org.bytedeco.hdf5.global.hdf5.H5Gget_info;
import static org.bytedeco.hdf5.global.hdf5.H5Gopen2;
import static org.bytedeco.hdf5.global.hdf5.H5Lexists;
import static org.bytedeco.hdf5.global.hdf5.H5Lget_name_by_idx;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5T_STRING;
import static org.bytedeco.hdf5.global.hdf5.H5Tclose;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_class;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_size;
import static org.bytedeco.hdf5.global.hdf5.H5Tis_variable_str;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.hdf5.H5G_info_t;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.SequenceParameters;

/** Reads one MRD file. Only while holding {@link Hdf5#LOCK}. */
final class MrdFileReader {
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_FIXED_TEXT = 1 << 24;
    private static final int MOST_GROUPS = 1000;

    private final Path file;
    private final MrdNotes notes;

    MrdFileReader(Path file, MrdNotes notes) {
        this.file = file;
        this.notes = notes;
    }

    RawData read() throws IOException {
        try (FileChannel channel = FileChannel.open(file);
                Hdf5 hdf5 = new Hdf5(file.toString())) {
            GlobalHeap heap = new GlobalHeap(channel, file.toString());
            long h5 = hdf5.opened(
                    H5Fopen(hdf5.name(file), H5F_ACC_RDONLY(), H5P_DEFAULT()),
                    handle -> H5Fclose(handle),
                    "cannot be opened as HDF5: it is cut short or damaged");
            long group = measurement(hdf5, h5);
            MrdHeaderXml.Parsed parsed = MrdHeaderXml.read(xml(hdf5, channel, heap, group));
            parsed.notes().forEach(notes::add);
            List<Readout> readouts = readouts(hdf5, channel, heap, group);
            return rawData(parsed.header(), readouts);
        }
    }

    private RawData rawData(ScanHeader header, List<Readout> readouts) {
        Map<String, String> parameters = new HashMap<>(header.userParameters());
        String expected = parameters.remove(MrdFile.EXPECTED_READOUTS);
        int room = readouts.size();
        if (expected != null && expected.matches("\\d{1,7}")) {
            room = Math.max(room, Integer.parseInt(expected));
        }
        ScanHeader complete = new ScanHeader(
                header.measurementId(),
                header.protocolName(),
                header.start(),
                header.study(),
                header.scanner(),
                withDwell(header.sequence(), readouts),
                header.encodings(),
                parameters);
        RawData raw = new RawData(complete, room);
        readouts.forEach(raw::append);
        return raw;
    }

    /** MRD's own header does not hold the sampling time, the readouts do. */
    private static SequenceParameters withDwell(SequenceParameters s, List<Readout> readouts) {
        if (Double.isFinite(s.dwellSeconds()) || readouts.isEmpty()) {
            return s;
        }
        double dwell = readouts.get(0).header().dwellSeconds();
        return new SequenceParameters(
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
                dwell > 0 ? dwell : Double.NaN);
    }

    private long measurement(Hdf5 hdf5, long h5) throws MrdFormatException {
        List<String> found = new ArrayList<>();
        if (isMeasurement(hdf5, h5, "dataset")) {
            found.add("dataset");
        }
        for (String name : links(hdf5, h5)) {
            if (!name.equals("dataset") && isMeasurement(hdf5, h5, name)) {
                found.add(name);
            }
        }
        if (found.isEmpty()) {
            throw hdf5.failure("no MRD file: no group holds 'xml' and 'data'");
        }
        if (found.size() > 1) {
            notes.add("the file holds " + found.size() + " measurements: '" + found.get(0) + "' was read");
        }
        return openGroup(hdf5, h5, found.get(0));
    }

    private static boolean isMeasurement(Hdf5 hdf5, long h5, String name) throws MrdFormatException {
        if (H5Lexists(h5, name, H5P_DEFAULT()) <= 0) {
            return false;
        }
        long group = H5Gopen2(h5, name, H5P_DEFAULT());
        if (group < 0) {
            return false;
        }
        try {
            return H5Lexists(group, "xml", H5P_DEFAULT()) > 0 && H5Lexists(group, "data", H5P_DEFAULT()) > 0;
        } finally {
            H5Gclose(group);
        }
    }

    private static List<String> links(Hdf5 hdf5, long h5) throws MrdFormatException {
        long root = openGroup(hdf5, h5, "/");
        H5G_info_t info = hdf5.kept(new H5G_info_t());
        hdf5.check(H5Gget_info(root, info), "its root group cannot be read");
        List<String> names = new ArrayList<>();
        byte[] name = new byte[LONGEST_NAME];
        for (long i = 0; i < Math.min(info.nlinks(), MOST_GROUPS); i++) {
            long length = H5Lget_name_by_idx(root, ".", 0, 0, i, name, name.length, H5P_DEFAULT());
            if (length > 0 && length < name.length) {
                names.add(new String(name, 0, (int) length, StandardCharsets.UTF_8));
            }
        }
        return names;
    }

    private static long openGroup(Hdf5 hdf5, long parent, String name) throws MrdFormatException {
        return hdf5.opened(
                H5Gopen2(parent, name, H5P_DEFAULT()),
                handle -> H5Gclose(handle),
                "its group '" + name + "' cannot be read");
    }

    private static String xml(Hdf5 hdf5, FileChannel channel, GlobalHeap heap, long group) throws IOException {
        long dataset = dataset(hdf5, group, "xml");
        long type = hdf5.opened(H5Dget_type(dataset), handle -> H5Tclose(handle), "'xml' has no type");
        boolean variable = H5Tis_variable_str(type) > 0;
        long size = variable ? GlobalHeap.REFERENCE_BYTES : H5Tget_size(type);
        if (H5Tget_class(type) != H5T_STRING || size < 1 || size > LONGEST_FIXED_TEXT) {
            throw hdf5.failure("'xml' is no text");
        }
        StoredElements elements = new StoredElements(hdf5, channel, dataset, "xml", (int) size);
        if (elements.count() != 1) {
            throw hdf5.failure("'xml' is not one text but " + elements.count());
        }
        ByteBuffer element = elements.from(0);
        ByteBuffer text = variable ? heap.value(element, 0, 1, "'xml'") : element;
        return StandardCharsets.UTF_8.decode(text).toString().replace("\0", "");
    }

    private List<Readout> readouts(Hdf5 hdf5, FileChannel channel, GlobalHeap heap, long group) throws IOException {
        long dataset = dataset(hdf5, group, "data");
        long type = hdf5.opened(H5Dget_type(dataset), handle -> H5Tclose(handle), "'data' has no type");
        RecordLayout layout = new RecordLayout(hdf5, type, new MrdTypes(hdf5).record());
        StoredElements elements = new StoredElements(hdf5, channel, dataset, "data", layout.recordBytes());
        RecordDecoder decoder = new RecordDecoder(file.toString(), notes);
        ByteBuffer record = ByteBuffer.allocate(MrdTypes.RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        List<Readout> readouts = new ArrayList<>();
        while (readouts.size() < elements.count()) {
            ByteBuffer block = elements.from(readouts.size());
            for (int at = 0; at < block.limit(); at += layout.recordBytes()) {
                layout.copy(block, at, record);
                int number = readouts.size();
                String what = "readout " + number;
                readouts.add(decoder.decode(
                        record,
                        number,
                        floats(heap.value(record, MrdTypes.TRAJECTORY_AT, 4, what)),
                        floats(heap.value(record, MrdTypes.DATA_AT, 4, what))));
            }
        }
        return readouts;
    }

    private static float[] floats(ByteBuffer bytes) {
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static long dataset(Hdf5 hdf5, long group, String name) throws MrdFormatException {
        return hdf5.opened(
                H5Dopen2(group, name, H5P_DEFAULT()), handle -> H5Dclose(handle), "'" + name + "' cannot be read");
    }
}
