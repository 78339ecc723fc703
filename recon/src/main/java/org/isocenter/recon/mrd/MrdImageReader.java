package org.isocenter.recon.mrd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.isocenter.recon.hdf5.Hdf5DataSet;
import org.isocenter.recon.hdf5.Hdf5Exception;
import org.isocenter.recon.hdf5.Hdf5File;
import org.isocenter.recon.hdf5.Hdf5Group;
import org.isocenter.recon.hdf5.Hdf5Type;

/** Reads the images of a measurement: each group in it that holds headers and data. */
final class MrdImageReader {
    private static final int DIMENSIONS = 5;

    private final Hdf5File hdf5;
    private final MrdNotes notes;

    MrdImageReader(Hdf5File hdf5, MrdNotes notes) {
        this.hdf5 = hdf5;
        this.notes = notes;
    }

    Map<String, List<MrdImage>> read(Hdf5Group measurement) throws IOException {
        Map<String, List<MrdImage>> series = new LinkedHashMap<>();
        Memory memory = new Memory(Long.MAX_VALUE);
        for (String name : measurement.groups()) {
            Hdf5Group group = measurement.group(name);
            if (Measurements.holdsImages(group)) {
                series.put(name, images(group, memory));
            }
        }
        return series;
    }

    private List<MrdImage> images(Hdf5Group group, Memory memory) throws IOException {
        Hdf5DataSet headers = group.dataSet("header");
        Hdf5DataSet data = group.dataSet("data");
        if (headers == null || data == null) {
            throw new Hdf5Exception("'" + group.path() + "/header' or its 'data' is no data set");
        }
        MrdPixelType type = pixelType(data);
        long[] shape = data.shape();
        if (shape.length != DIMENSIONS || IntStream.range(1, DIMENSIONS).anyMatch(d -> shape[d] > 0xffff)) {
            throw new Hdf5Exception("'" + data.path() + "' is " + data.shapeText()
                    + ": MRD has images × channels × slices × rows × columns, each but the first up to 65535");
        }
        if (headers.rows() != data.rows()) {
            notes.add("'" + group.path() + "' has " + headers.rows() + " headers and " + data.rows()
                    + " images: those with both were read");
        }
        RecordLayout layout = new RecordLayout(headers.type(), MrdTypes.IMAGE_HEADER, "header", notes);
        List<String> attributes = attributes(group);
        List<MrdImage> images = new ArrayList<>();
        for (int i = 0; i < Math.min(headers.rows(), data.rows()); i++) {
            ByteBuffer record = layout.newRecord();
            layout.copy(headers.read(i, 1), 0, record);
            describe(record, type, shape);
            MrdImageHeader header = ImageHeaderCodec.get(record, 0, notes);
            memory.keep(header.pixelBytes());
            String xml = i < attributes.size() ? attributes.get(i) : "";
            images.add(new MrdImage(header, MrdMeta.parse(xml, notes), data.read(i, 1)));
        }
        return images;
    }

    /** The data know best what they are; a header that says otherwise is put right. */
    private void describe(ByteBuffer header, MrdPixelType type, long[] shape) {
        put(header, 2, type.code(), "data_type");
        put(header, 16, (int) shape[4], "matrix_size[0]");
        put(header, 18, (int) shape[3], "matrix_size[1]");
        put(header, 20, (int) shape[2], "matrix_size[2]");
        put(header, 34, (int) shape[1], "channels");
    }

    private void put(ByteBuffer header, int at, int value, String field) {
        int said = Fields.unsigned(header, at);
        if (said != value) {
            notes.add("image header: " + field + " is " + said + ", the pixels say " + value + ": read as that");
            Fields.putUnsigned(header, at, value, field);
        }
    }

    private List<String> attributes(Hdf5Group group) throws IOException {
        Hdf5DataSet dataSet = group.dataSet("attributes");
        return dataSet == null ? List.of() : new TextReader(hdf5).read(dataSet);
    }

    private static MrdPixelType pixelType(Hdf5DataSet data) throws Hdf5Exception {
        for (MrdPixelType type : MrdPixelType.values()) {
            if (equal(data.type(), MrdTypes.pixels(type))) {
                return type;
            }
        }
        throw new Hdf5Exception("'" + data.path() + "' has pixels of a type that MRD does not have");
    }

    /** Real and imaginary parts go by different names, but always in this order. */
    private static boolean equal(Hdf5Type inFile, Hdf5Type ours) {
        if (inFile instanceof Hdf5Type.Compound a && ours instanceof Hdf5Type.Compound b) {
            boolean same = a.bytes() == b.bytes() && a.members().size() == 2;
            for (int i = 0; same && i < 2; i++) {
                Hdf5Type.Member one = a.members().get(i);
                Hdf5Type.Member other = b.members().get(i);
                same = one.offset() == other.offset() && one.type().equals(other.type());
            }
            return same;
        }
        return inFile.equals(ours);
    }
}
