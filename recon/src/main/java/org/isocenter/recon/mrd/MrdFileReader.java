package org.isocenter.recon.mrd;

import static org.bytedeco.hdf5.global.hdf5.H5Dclose;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_space;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_type;
import static org.bytedeco.hdf5.global.hdf5.H5Dopen2;
import static org.bytedeco.hdf5.global.hdf5.H5Dread;
import static org.bytedeco.hdf5.global.hdf5.H5F_ACC_RDONLY;
import static org.bytedeco.hdf5.global.hdf5.H5Fclose;
import static org.bytedeco.hdf5.global.hdf5.H5Fopen;
import static org.bytedeco.hdf5.global.hdf5.H5Gclose;
import static org.bytedeco.hdf5.global.hdf5.H5Gget_info;
import static org.bytedeco.hdf5.global.hdf5.H5Gopen2;
import static org.bytedeco.hdf5.global.hdf5.H5Lexists;
import static org.bytedeco.hdf5.global.hdf5.H5Lget_name_by_idx;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5S_SELECT_SET;
import static org.bytedeco.hdf5.global.hdf5.H5Sclose;
import static org.bytedeco.hdf5.global.hdf5.H5Screate_simple;
import static org.bytedeco.hdf5.global.hdf5.H5Sget_simple_extent_npoints;
import static org.bytedeco.hdf5.global.hdf5.H5Sselect_hyperslab;
import static org.bytedeco.hdf5.global.hdf5.H5T_STRING;
import static org.bytedeco.hdf5.global.hdf5.H5Tclose;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_class;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_size;
import static org.bytedeco.hdf5.global.hdf5.H5Tis_variable_str;
import static org.bytedeco.hdf5.global.hdf5.H5Treclaim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.hdf5.H5G_info_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.SequenceParameters;

/** Reads one MRD file. Only while holding {@link Hdf5#LOCK}. */
final class MrdFileReader {
    private static final int BLOCK_RECORDS = 256;
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
        try (Hdf5 hdf5 = new Hdf5(file.toString())) {
            long h5 = hdf5.opened(
                    H5Fopen(hdf5.name(file), H5F_ACC_RDONLY(), H5P_DEFAULT()),
                    handle -> H5Fclose(handle),
                    "cannot be opened as HDF5: it is cut short or damaged");
            long group = measurement(hdf5, h5);
            MrdHeaderXml.Parsed parsed = MrdHeaderXml.read(xml(hdf5, group));
            parsed.notes().forEach(notes::add);
            List<Readout> readouts = readouts(hdf5, group);
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

    private static String xml(Hdf5 hdf5, long group) throws MrdFormatException {
        long dataset = dataset(hdf5, group, "xml");
        long type = hdf5.opened(H5Dget_type(dataset), handle -> H5Tclose(handle), "'xml' has no type");
        long space = hdf5.opened(H5Dget_space(dataset), handle -> H5Sclose(handle), "'xml' has no extent");
        if (H5Tget_class(type) != H5T_STRING || H5Sget_simple_extent_npoints(space) != 1) {
            throw hdf5.failure("'xml' is not one string");
        }
        if (H5Tis_variable_str(type) > 0) {
            PointerPointer<BytePointer> pointer = hdf5.kept(new PointerPointer<>(1));
            pointer.put(0, (Pointer) null);
            hdf5.check(H5Dread(dataset, type, 0, 0, H5P_DEFAULT(), pointer), "'xml' cannot be read");
            BytePointer text = pointer.get(BytePointer.class, 0);
            String xml = text == null || text.isNull() ? "" : text.getString(StandardCharsets.UTF_8);
            H5Treclaim(type, space, H5P_DEFAULT(), pointer);
            return xml;
        }
        long size = H5Tget_size(type);
        if (size <= 0 || size > LONGEST_FIXED_TEXT) {
            throw hdf5.failure("'xml' has " + size + " bytes, at most " + LONGEST_FIXED_TEXT + " are read");
        }
        BytePointer text = hdf5.kept(new BytePointer(size));
        hdf5.check(H5Dread(dataset, type, 0, 0, H5P_DEFAULT(), text), "'xml' cannot be read");
        byte[] bytes = new byte[(int) size];
        text.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
    }

    private List<Readout> readouts(Hdf5 hdf5, long group) throws IOException {
        long dataset = dataset(hdf5, group, "data");
        MrdTypes types = new MrdTypes(hdf5);
        long type = types.record();
        types.checkReadable(
                hdf5.opened(H5Dget_type(dataset), handle -> H5Tclose(handle), "'data' has no type"), type, "data");
        long fileSpace = hdf5.opened(H5Dget_space(dataset), handle -> H5Sclose(handle), "'data' has no extent");
        long count = H5Sget_simple_extent_npoints(fileSpace);
        // Every record takes some bytes, however it is packed.
        if (count < 0 || count > Files.size(file)) {
            throw hdf5.failure("'data' claims " + count + " readouts, more than the file can hold");
        }
        List<Readout> readouts = new ArrayList<>();
        for (long from = 0; from < count; from += BLOCK_RECORDS) {
            long records = Math.min(BLOCK_RECORDS, count - from);
            hdf5.check(
                    H5Sselect_hyperslab(fileSpace, H5S_SELECT_SET, new long[] {from}, null, new long[] {records}, null),
                    "'data' is not a list of readouts");
            try (Hdf5 block = new Hdf5(file.toString())) {
                BytePointer memory = block.kept(new BytePointer(records * MrdTypes.RECORD_BYTES));
                Pointer.memset(memory, 0, records * MrdTypes.RECORD_BYTES);
                long space = block.opened(
                        H5Screate_simple(1, new long[] {records}, records), handle -> H5Sclose(handle), "no memory");
                block.check(
                        H5Dread(dataset, type, space, fileSpace, H5P_DEFAULT(), memory),
                        "readouts " + from + " to " + (from + records - 1) + " cannot be read: the file is damaged");
                try {
                    decode(memory, (int) records, from, readouts);
                } finally {
                    H5Treclaim(type, space, H5P_DEFAULT(), memory);
                }
            }
        }
        return readouts;
    }

    private void decode(BytePointer memory, int records, long from, List<Readout> into) throws MrdFormatException {
        ByteBuffer heads = memory.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer pointers = heads.duplicate().order(ByteOrder.nativeOrder());
        RecordDecoder decoder = new RecordDecoder(file.toString(), notes);
        for (int i = 0; i < records; i++) {
            int at = i * MrdTypes.RECORD_BYTES;
            float[] trajectory = floats(pointers, at + MrdTypes.TRAJECTORY_AT, from + i);
            float[] data = floats(pointers, at + MrdTypes.DATA_AT, from + i);
            into.add(decoder.decode(heads, at, from + i, trajectory, data));
        }
    }

    private float[] floats(ByteBuffer pointers, int at, long record) throws MrdFormatException {
        long length = pointers.getLong(at);
        if (length < 0 || length > Integer.MAX_VALUE / 4) {
            throw new MrdFormatException(file.toString(), "readout " + record, "has " + length + " values");
        }
        float[] values = new float[(int) length];
        if (length > 0) {
            new FloatPointer(new Address(pointers.getLong(at + MrdTypes.POINTER_WORD))).get(values);
        }
        return values;
    }

    /** Memory that HDF5 owns. */
    private static final class Address extends Pointer {
        Address(long address) {
            super((Pointer) null);
            this.address = address;
        }
    }

    private static long dataset(Hdf5 hdf5, long group, String name) throws MrdFormatException {
        return hdf5.opened(
                H5Dopen2(group, name, H5P_DEFAULT()), handle -> H5Dclose(handle), "'" + name + "' cannot be read");
    }
}
