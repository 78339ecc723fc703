package org.isocenter.recon.mrd;

import java.nio.ByteBuffer;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.Vec3;

/**
 * The 340 bytes of MRD's AcquisitionHeader, little endian and packed.
 *
 * <p>What MRD leaves open, this project fills so: {@code acquisition_time_stamp} counts 100 µs from the start of the
 * sequence, and {@code user_int[0..1]} (low word first) are the same time in whole nanoseconds. A reader believes the
 * nanoseconds only where they agree with the time stamp, so that other people's {@code user_int} do no harm.
 */
final class AcquisitionHeaderCodec {
    static final int BYTES = 340;
    static final double SECONDS_PER_TICK = 1e-4;

    private static final int VERSION = 1;
    private static final int SAMPLES_AT = 34;
    private static final int ACTIVE_CHANNELS_AT = 38;
    private static final int TRAJECTORY_DIMENSIONS_AT = 176;
    private static final int POSITION_AT = 182;
    private static final int READ_AT = 194;
    private static final int PHASE_AT = 206;
    private static final int SLICE_AT = 218;
    private static final int COUNTERS_AT = 242;
    private static final int USER_INT_AT = 276;
    private static final int MAXIMUM_UNSIGNED_SHORT = 0xffff;
    private static final long NANOSECONDS_PER_TICK = 100_000;
    /** What single precision does to an orthonormal frame. */
    private static final double FRAME_TOLERANCE = 1e-6;

    private AcquisitionHeaderCodec() {}

    static int samples(ByteBuffer in, int at) {
        return in.getShort(at + SAMPLES_AT) & 0xffff;
    }

    static int channels(ByteBuffer in, int at) {
        return in.getShort(at + ACTIVE_CHANNELS_AT) & 0xffff;
    }

    static int trajectoryDimensions(ByteBuffer in, int at) {
        return in.getShort(at + TRAJECTORY_DIMENSIONS_AT) & 0xffff;
    }

    /** Writes at {@code at} of a little-endian buffer without moving its position. */
    static void put(ReadoutHeader header, int trajectoryDimensions, ByteBuffer out, int at) {
        for (int i = 0; i < BYTES; i++) {
            out.put(at + i, (byte) 0);
        }
        out.putShort(at, (short) VERSION);
        out.putLong(at + 2, header.flags());
        out.putInt(at + 14, header.scanCounter());
        long nanoseconds = Math.round(header.startSeconds() * 1e9);
        out.putInt(at + 18, (int) (nanoseconds / NANOSECONDS_PER_TICK));
        putUnsigned(out, at + SAMPLES_AT, header.samples(), "samples");
        putUnsigned(out, at + 36, header.channels(), "channels");
        putUnsigned(out, at + ACTIVE_CHANNELS_AT, header.channels(), "channels");
        for (int channel = 0; channel < Math.min(header.channels(), 1024); channel++) {
            int word = at + 40 + 8 * (channel / 64);
            out.putLong(word, out.getLong(word) | 1L << (channel % 64));
        }
        putUnsigned(out, at + 168, header.discardPre(), "discarded samples");
        putUnsigned(out, at + 170, header.discardPost(), "discarded samples");
        putUnsigned(out, at + 172, header.centerSample(), "centre sample");
        putUnsigned(out, at + 174, header.encodingSpace(), "encoding space");
        putUnsigned(out, at + TRAJECTORY_DIMENSIONS_AT, trajectoryDimensions, "trajectory dimensions");
        out.putFloat(at + 178, (float) (header.dwellSeconds() * 1e6));
        EncodingGeometry geometry = header.geometry();
        putVector(out, at + POSITION_AT, geometry.centerMeters().scaled(1e3));
        putVector(out, at + READ_AT, geometry.read());
        putVector(out, at + PHASE_AT, geometry.phase());
        putVector(out, at + SLICE_AT, geometry.slice());
        EncodingCounters c = header.counters();
        int[] counters = {
            c.step1(), c.step2(), c.average(), c.slice(), c.contrast(), c.phase(), c.repetition(), c.set(), c.segment()
        };
        for (int i = 0; i < counters.length; i++) {
            putUnsigned(out, at + COUNTERS_AT + 2 * i, counters[i], "encoding counter");
        }
        out.putLong(at + USER_INT_AT, nanoseconds);
    }

    /** Reads at {@code at} of a little-endian buffer. Directions that are no frame are replaced, and a note says so. */
    static ReadoutHeader get(ByteBuffer in, int at, MrdNotes notes) {
        int scanCounter = in.getInt(at + 14);
        int[] counters = new int[9];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = unsigned(in, at + COUNTERS_AT + 2 * i);
        }
        return new ReadoutHeader(
                scanCounter,
                in.getLong(at + 2),
                new EncodingCounters(
                        counters[0],
                        counters[1],
                        counters[2],
                        counters[3],
                        counters[4],
                        counters[5],
                        counters[6],
                        counters[7],
                        counters[8]),
                samples(in, at),
                channels(in, at),
                unsigned(in, at + 172),
                unsigned(in, at + 168),
                unsigned(in, at + 170),
                decimal(in.getFloat(at + 178)) / 1e6,
                startSeconds(in, at),
                unsigned(in, at + 174),
                geometry(in, at, scanCounter, notes));
    }

    private static double startSeconds(ByteBuffer in, int at) {
        long ticks = in.getInt(at + 18) & 0xffffffffL;
        long nanoseconds = in.getLong(at + USER_INT_AT);
        boolean agree = nanoseconds >= 0 && nanoseconds / NANOSECONDS_PER_TICK == ticks;
        return agree ? nanoseconds / 1e9 : ticks * SECONDS_PER_TICK;
    }

    private static EncodingGeometry geometry(ByteBuffer in, int at, int scanCounter, MrdNotes notes) {
        Vec3 center = vector(in, at + POSITION_AT).scaled(1e-3);
        if (!isFinite(center)) {
            notes.addForReadout(scanCounter, "position is not a number: taken to be the isocentre");
            center = Vec3.ZERO;
        }
        Vec3 read = vector(in, at + READ_AT);
        Vec3 phase = vector(in, at + PHASE_AT);
        Vec3 slice = vector(in, at + SLICE_AT);
        if (!isFrame(read, phase)) {
            notes.addForReadout(
                    scanCounter,
                    "read_dir and phase_dir are not two perpendicular directions: taken to be axial (left, back)");
            return EncodingGeometry.AXIAL.centredAt(center);
        }
        if (Math.abs(read.cross(phase).dot(slice) - 1) < FRAME_TOLERANCE) {
            return new EncodingGeometry(center, read, phase, slice);
        }
        Vec3 unitRead = read.normalized();
        Vec3 unitSlice = unitRead.cross(phase).normalized();
        if (!(unitSlice.dot(slice) > 0.5)) {
            notes.addForReadout(
                    scanCounter, "slice_dir is not read_dir × phase_dir: replaced by it, partitions may be reversed");
        }
        return new EncodingGeometry(center, unitRead, unitSlice.cross(unitRead), unitSlice);
    }

    private static boolean isFrame(Vec3 read, Vec3 phase) {
        if (!isFinite(read) || !isFinite(phase) || read.norm() < 0.5 || phase.norm() < 0.5) {
            return false;
        }
        return Math.abs(read.dot(phase)) < 0.01 * read.norm() * phase.norm();
    }

    private static boolean isFinite(Vec3 v) {
        return Double.isFinite(v.x()) && Double.isFinite(v.y()) && Double.isFinite(v.z());
    }

    private static Vec3 vector(ByteBuffer in, int at) {
        return new Vec3(decimal(in.getFloat(at)), decimal(in.getFloat(at + 4)), decimal(in.getFloat(at + 8)));
    }

    private static void putVector(ByteBuffer out, int at, Vec3 v) {
        out.putFloat(at, (float) v.x());
        out.putFloat(at + 4, (float) v.y());
        out.putFloat(at + 8, (float) v.z());
    }

    /** The number a person would have meant: 19.2, not the 19.200000762939453 that a float of 19.2 is. */
    private static double decimal(float value) {
        return value == (int) value ? value : Double.parseDouble(Float.toString(value));
    }

    private static int unsigned(ByteBuffer in, int at) {
        return in.getShort(at) & 0xffff;
    }

    private static void putUnsigned(ByteBuffer out, int at, int value, String what) {
        if (value < 0 || value > MAXIMUM_UNSIGNED_SHORT) {
            throw new IllegalArgumentException(
                    value + " " + what + ": an MRD acquisition holds 0 to " + MAXIMUM_UNSIGNED_SHORT);
        }
        out.putShort(at, (short) value);
    }
}
