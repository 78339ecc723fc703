package org.isocenter.recon.layout;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Numbers in a file, from some byte on, read when they are asked for, so that the file may be larger than the memory. It must not
 * become shorter meanwhile. It is read and not mapped: Java tells of a page that cannot be had at some later moment only, when wrong numbers
 * may have gone on.
 */
final class FileNumbers implements Numbers {
    /** Numbers that are read at once where one line follows another. */
    private static final int PIECE = 1 << 14;

    /** Numbers farther apart than this are not picked out of the file one by one: it is read as a whole then. */
    private static final int FAR = 64;

    private final Path file;
    private final long from;
    private final NumberFormat format;
    private final int count;
    private final FileChannel channel;
    private final ThreadLocal<Piece> pieces = ThreadLocal.withInitial(Piece::new);
    private Numbers whole;

    /** @throws IOException when the file cannot be read; it must have as many numbers */
    FileNumbers(Path file, long from, NumberFormat format, int count) throws IOException {
        this.file = file;
        this.from = from;
        this.format = format;
        this.count = count;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void copy(int first, int step, int wanted, float[] real, float[] imaginary, int at) {
        if (step > FAR) {
            whole().copy(first, step, wanted, real, imaginary, at);
            return;
        }
        Piece piece = pieces.get();
        for (int i = 0; i < wanted; ) {
            int number = first + i * step;
            piece.hold(number, 1 + (wanted - 1 - i) * step);
            i += piece.copy(number, step, wanted - i, real, imaginary, at + i);
        }
    }

    @Override
    public boolean areZero(int first, int step, int wanted) {
        // The middle of a line that was measured hardly ever is: its other numbers need not be read then.
        return areAllZero(first + wanted / 2 * step, step, Math.min(1, wanted)) && areAllZero(first, step, wanted);
    }

    private boolean areAllZero(int first, int step, int wanted) {
        float[] real = new float[wanted];
        float[] imaginary = new float[wanted];
        copy(first, step, wanted, real, imaginary, 0);
        return new PlanarNumbers(real, imaginary).areZero(0, 1, wanted);
    }

    private synchronized Numbers whole() {
        if (whole == null) {
            float[] real = new float[count];
            float[] imaginary = new float[count];
            copy(0, 1, count, real, imaginary, 0);
            whole = new PlanarNumbers(real, imaginary);
        }
        return whole;
    }

    /** What a thread read last. */
    private final class Piece {
        private final ByteBuffer bytes =
                ByteBuffer.allocateDirect(PIECE * format.bytes()).order(format.order());
        private final FloatBuffer floats = bytes.asFloatBuffer();
        private final float[] pairs = new float[format.isComplexFloat() ? 2 * PIECE : 0];
        private int start;
        private int end;

        /** So that it begins with this number at the latest, and has as many of the {@code span} from there on as it can. */
        void hold(int number, int span) {
            if (start <= number && number < end) {
                return;
            }
            // Who goes on from where the last piece ended, or a little beyond, will go on.
            boolean goesOn = number >= end && number - end < PIECE;
            int length = Math.min(Math.min(PIECE, goesOn ? PIECE : span), count - number);
            start = number;
            end = number;
            try {
                read(from + (long) number * format.bytes(), length * format.bytes());
            } catch (IOException e) {
                throw new UncheckedIOException(new IOException(
                        file + ": cannot be read, or has become shorter while it was read: give it again", e));
            }
            end = number + length;
        }

        private void read(long position, int length) throws IOException {
            bytes.clear().limit(length);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, position + bytes.position()) < 0) {
                    throw new EOFException("ends at byte " + (position + bytes.position()));
                }
            }
        }

        /** From the number that it holds on; tells how many it had. */
        int copy(int number, int step, int wanted, float[] real, float[] imaginary, int at) {
            int copied = Math.min(wanted, (end - number + step - 1) / step);
            if (step == 1 && format.isComplexFloat()) {
                floats.get(2 * (number - start), pairs, 0, 2 * copied);
                for (int i = 0; i < copied; i++) {
                    real[at + i] = pairs[2 * i];
                    imaginary[at + i] = pairs[2 * i + 1];
                }
                return copied;
            }
            for (int i = 0; i < copied; i++) {
                int where = (number - start + i * step) * format.bytes();
                real[at + i] = format.part().at(bytes, where);
                imaginary[at + i] = format.pairs() ? format.part().at(bytes, where + format.partBytes()) : 0;
            }
            return copied;
        }
    }
}
