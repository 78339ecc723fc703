package org.isocenter.recon.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Numbers in a file, from some byte on: the file is mapped, and they are read when they are asked for, so that it may be larger than
 * the memory. It must not become shorter meanwhile.
 */
final class MappedNumbers implements Numbers {
    /** Of each mapping: a mapping has at most 2 GB. */
    private static final int BLOCK_SHIFT = 26;

    private static final int PER_BLOCK = 1 << BLOCK_SHIFT;
    /** Numbers that are taken out of the file together. */
    private static final int PIECE = 1024;

    private final Path file;
    private final NumberFormat format;
    private final int count;
    private final ByteBuffer[] blocks;
    /** The same as floats where they are; else null. */
    private final FloatBuffer[] floats;

    /** @throws IOException when the file cannot be read; it must have as many numbers */
    MappedNumbers(Path file, long from, NumberFormat format, int count) throws IOException {
        this.file = file;
        this.format = format;
        this.count = count;
        this.blocks = new ByteBuffer[(int) (((long) count + PER_BLOCK - 1) / PER_BLOCK)];
        this.floats = format.isComplexFloat() ? new FloatBuffer[blocks.length] : null;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int block = 0; block < blocks.length; block++) {
                long first = (long) block * PER_BLOCK;
                long numbers = Math.min(PER_BLOCK, count - first);
                blocks[block] = channel.map(MapMode.READ_ONLY, from + first * format.bytes(), numbers * format.bytes())
                        .order(format.order());
                if (floats != null) {
                    floats[block] = blocks[block].asFloatBuffer();
                }
            }
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void copy(int first, int step, int wanted, float[] real, float[] imaginary, int at) {
        try {
            if (step == 1 && floats != null) {
                run(first, wanted, real, imaginary, at);
                return;
            }
            for (int i = 0; i < wanted; i++) {
                int number = first + i * step;
                real[at + i] = part(number, 0);
                imaginary[at + i] = format.pairs() ? part(number, 1) : 0;
            }
        } catch (InternalError e) {
            throw cutShort(e);
        }
    }

    private void run(int first, int wanted, float[] real, float[] imaginary, int at) {
        float[] pairs = new float[2 * Math.min(PIECE, wanted)];
        for (int done = 0; done < wanted; ) {
            int next = first + done;
            int inBlock = next & PER_BLOCK - 1;
            int piece = Math.min(Math.min(PIECE, wanted - done), PER_BLOCK - inBlock);
            floats[next >> BLOCK_SHIFT].get(2 * inBlock, pairs, 0, 2 * piece);
            apart(pairs, piece, real, imaginary, at + done);
            done += piece;
        }
    }

    private static void apart(float[] pairs, int count, float[] real, float[] imaginary, int at) {
        for (int i = 0; i < count; i++) {
            real[at + i] = pairs[2 * i];
            imaginary[at + i] = pairs[2 * i + 1];
        }
    }

    @Override
    public boolean areZero(int first, int step, int wanted) {
        try {
            for (int i = 0; i < wanted; i++) {
                int number = first + i * step;
                if (part(number, 0) != 0 || format.pairs() && part(number, 1) != 0) {
                    return false;
                }
            }
            return true;
        } catch (InternalError e) {
            throw cutShort(e);
        }
    }

    private float part(int number, int part) {
        int at = (number & PER_BLOCK - 1) * format.bytes() + part * format.partBytes();
        return format.part().at(blocks[number >> BLOCK_SHIFT], at);
    }

    /** How Java tells that a page of a mapped file is not there. */
    private UncheckedIOException cutShort(InternalError cause) {
        return new UncheckedIOException(new IOException(
                file + ": cannot be read, or has become shorter while it was read: give it again", cause));
    }
}
