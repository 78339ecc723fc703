package org.isocenter.recon.mrd;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;

/** The 198 bytes of MRD's ImageHeader, little endian and packed, as in streams and in files. */
final class ImageHeaderCodec {
    static final int BYTES = 198;

    private static final int VERSION = 1;
    private static final int MATRIX_AT = 16;
    private static final int FOV_AT = 22;
    private static final int CHANNELS_AT = 34;
    private static final int POSITION_AT = 36;
    private static final int READ_AT = 48;
    private static final int PHASE_AT = 60;
    private static final int SLICE_AT = 72;
    private static final int TABLE_AT = 84;
    private static final int COUNTERS_AT = 96;
    private static final int TIME_AT = 108;
    private static final int PHYSIOLOGY_AT = 112;
    private static final int TYPE_AT = 124;
    private static final int USER_INT_AT = 130;
    private static final int USER_FLOAT_AT = 162;
    private static final int ATTRIBUTES_AT = 194;

    private ImageHeaderCodec() {}

    /** Writes at {@code at} of a little-endian buffer without moving its position. */
    static void put(MrdImageHeader header, int attributeBytes, ByteBuffer out, int at) {
        out.putShort(at, (short) VERSION);
        out.putShort(at + 2, (short) header.pixelType().code());
        out.putLong(at + 4, header.flags());
        out.putInt(at + 12, header.measurementUid());
        Fields.putUnsigned(out, at + MATRIX_AT, header.columns(), "columns");
        Fields.putUnsigned(out, at + MATRIX_AT + 2, header.rows(), "rows");
        Fields.putUnsigned(out, at + MATRIX_AT + 4, header.slices(), "slices");
        Fields.putVector(out, at + FOV_AT, header.fovMeters().scaled(1e3));
        Fields.putUnsigned(out, at + CHANNELS_AT, header.channels(), "channels");
        EncodingGeometry geometry = header.geometry();
        Fields.putVector(out, at + POSITION_AT, geometry.centerMeters().scaled(1e3));
        Fields.putVector(out, at + READ_AT, geometry.read());
        Fields.putVector(out, at + PHASE_AT, geometry.phase());
        Fields.putVector(out, at + SLICE_AT, geometry.slice());
        Fields.putVector(out, at + TABLE_AT, header.tablePositionMeters().scaled(1e3));
        EncodingCounters c = header.counters();
        int[] counters = {c.average(), c.slice(), c.contrast(), c.phase(), c.repetition(), c.set()};
        for (int i = 0; i < counters.length; i++) {
            Fields.putUnsigned(out, at + COUNTERS_AT + 2 * i, counters[i], "image counter");
        }
        out.putInt(at + TIME_AT, header.timeStamp());
        for (int i = 0; i < 3; i++) {
            out.putInt(at + PHYSIOLOGY_AT + 4 * i, header.physiologyTimeStamps().get(i));
        }
        out.putShort(at + TYPE_AT, (short) header.type().code());
        Fields.putUnsigned(out, at + TYPE_AT + 2, header.index(), "image index");
        Fields.putUnsigned(out, at + TYPE_AT + 4, header.seriesIndex(), "image series");
        for (int i = 0; i < 8; i++) {
            out.putInt(at + USER_INT_AT + 4 * i, header.userInts().get(i));
            out.putFloat(at + USER_FLOAT_AT + 4 * i, header.userFloats().get(i));
        }
        out.putInt(at + ATTRIBUTES_AT, attributeBytes);
    }

    /**
     * Reads at {@code at} of a little-endian buffer. Directions that are no frame are replaced, and a note says so.
     *
     * @throws MrdFormatException for a data type that MRD does not have
     */
    static MrdImageHeader get(ByteBuffer in, int at, MrdNotes notes) throws MrdFormatException {
        List<Integer> physiology = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            physiology.add(in.getInt(at + PHYSIOLOGY_AT + 4 * i));
        }
        List<Integer> ints = new ArrayList<>();
        List<Float> floats = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ints.add(in.getInt(at + USER_INT_AT + 4 * i));
            floats.add(in.getFloat(at + USER_FLOAT_AT + 4 * i));
        }
        return new MrdImageHeader(
                MrdPixelType.of(Fields.unsigned(in, at + 2)),
                in.getLong(at + 4),
                in.getInt(at + 12),
                Fields.unsigned(in, at + MATRIX_AT),
                Fields.unsigned(in, at + MATRIX_AT + 2),
                Fields.unsigned(in, at + MATRIX_AT + 4),
                Fields.unsigned(in, at + CHANNELS_AT),
                Fields.vector(in, at + FOV_AT).scaled(1e-3),
                FrameReader.read(in, at + POSITION_AT, at + READ_AT, at + PHASE_AT, at + SLICE_AT, notes::add),
                Fields.vector(in, at + TABLE_AT).scaled(1e-3),
                new EncodingCounters(
                        0,
                        0,
                        counter(in, at, 0),
                        counter(in, at, 1),
                        counter(in, at, 2),
                        counter(in, at, 3),
                        counter(in, at, 4),
                        counter(in, at, 5),
                        0),
                in.getInt(at + TIME_AT),
                physiology,
                MrdImageType.of(Fields.unsigned(in, at + TYPE_AT)),
                Fields.unsigned(in, at + TYPE_AT + 2),
                Fields.unsigned(in, at + TYPE_AT + 4),
                ints,
                floats);
    }

    private static int counter(ByteBuffer in, int at, int index) {
        return Fields.unsigned(in, at + COUNTERS_AT + 2 * index);
    }
}
