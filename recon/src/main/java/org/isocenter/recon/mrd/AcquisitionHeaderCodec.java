package org.isocenter.recon.mrd;

import java.nio.ByteBuffer;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ReadoutHeader;

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
    private static final long NANOSECONDS_PER_TICK = 100_000;

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
        Fields.putUnsigned(out, at + SAMPLES_AT, header.samples(), "samples");
        Fields.putUnsigned(out, at + 36, header.channels(), "channels");
        Fields.putUnsigned(out, at + ACTIVE_CHANNELS_AT, header.channels(), "channels");
        for (int channel = 0; channel < Math.min(header.channels(), 1024); channel++) {
            int word = at + 40 + 8 * (channel / 64);
            out.putLong(word, out.getLong(word) | 1L << (channel % 64));
        }
        Fields.putUnsigned(out, at + 168, header.discardPre(), "discarded samples");
        Fields.putUnsigned(out, at + 170, header.discardPost(), "discarded samples");
        Fields.putUnsigned(out, at + 172, header.centerSample(), "centre sample");
        Fields.putUnsigned(out, at + 174, header.encodingSpace(), "encoding space");
        Fields.putUnsigned(out, at + TRAJECTORY_DIMENSIONS_AT, trajectoryDimensions, "trajectory dimensions");
        out.putFloat(at + 178, (float) (header.dwellSeconds() * 1e6));
        EncodingGeometry geometry = header.geometry();
        Fields.putVector(out, at + POSITION_AT, geometry.centerMeters().scaled(1e3));
        Fields.putVector(out, at + READ_AT, geometry.read());
        Fields.putVector(out, at + PHASE_AT, geometry.phase());
        Fields.putVector(out, at + SLICE_AT, geometry.slice());
        EncodingCounters c = header.counters();
        int[] counters = {
            c.step1(), c.step2(), c.average(), c.slice(), c.contrast(), c.phase(), c.repetition(), c.set(), c.segment()
        };
        for (int i = 0; i < counters.length; i++) {
            Fields.putUnsigned(out, at + COUNTERS_AT + 2 * i, counters[i], "encoding counter");
        }
        out.putLong(at + USER_INT_AT, nanoseconds);
    }

    /** Reads at {@code at} of a little-endian buffer. Directions that are no frame are replaced, and a note says so. */
    static ReadoutHeader get(ByteBuffer in, int at, MrdNotes notes) {
        int scanCounter = in.getInt(at + 14);
        int[] counters = new int[9];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = Fields.unsigned(in, at + COUNTERS_AT + 2 * i);
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
                Fields.unsigned(in, at + 172),
                Fields.unsigned(in, at + 168),
                Fields.unsigned(in, at + 170),
                Fields.decimal(in.getFloat(at + 178)) / 1e6,
                startSeconds(in, at),
                Fields.unsigned(in, at + 174),
                FrameReader.read(
                        in,
                        at + POSITION_AT,
                        at + READ_AT,
                        at + PHASE_AT,
                        at + SLICE_AT,
                        note -> notes.addForReadout(scanCounter, note)));
    }

    private static double startSeconds(ByteBuffer in, int at) {
        long ticks = in.getInt(at + 18) & 0xffffffffL;
        long nanoseconds = in.getLong(at + USER_INT_AT);
        boolean agree = nanoseconds >= 0 && nanoseconds / NANOSECONDS_PER_TICK == ticks;
        return agree ? nanoseconds / 1e9 : ticks * SECONDS_PER_TICK;
    }
}
