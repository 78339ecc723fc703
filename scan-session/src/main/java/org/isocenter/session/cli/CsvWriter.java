package org.isocenter.session.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Rows of numbers as text, fast: each is written as a whole number of a smallest step, with a point in it and without zeros at
 * its end. Buffered: {@link #flush} at the end. One thread.
 */
final class CsvWriter {
    private static final int ROOM = 32;
    private static final double DECIMALS = 1e9;

    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 16];
    private final byte[] digits = new byte[20];
    private int used;
    private boolean rowBegun;

    CsvWriter(OutputStream out) {
        this.out = out;
    }

    void header(String line) throws IOException {
        endRow();
        put(line.getBytes(StandardCharsets.US_ASCII));
        buffer[used++] = '\n';
    }

    /** A time in tenths of picoseconds, written in seconds. */
    void seconds(long tenthsOfPicoseconds) throws IOException {
        fixed(tenthsOfPicoseconds, 13);
    }

    /** Nine decimals: finer than any reader of Pulseq files is exact. */
    void number(double value) throws IOException {
        if (Math.abs(value) < Long.MAX_VALUE / DECIMALS) {
            fixed(Math.round(value * DECIMALS), 9);
        } else {
            begin();
            put(Double.toString(value).getBytes(StandardCharsets.US_ASCII));
        }
    }

    void integer(long value) throws IOException {
        fixed(value, 0);
    }

    void endRow() throws IOException {
        if (rowBegun) {
            reserve();
            buffer[used++] = '\n';
            rowBegun = false;
        }
    }

    void flush() throws IOException {
        out.write(buffer, 0, used);
        used = 0;
        out.flush();
    }

    private void begin() throws IOException {
        reserve();
        if (rowBegun) {
            buffer[used++] = ',';
        }
        rowBegun = true;
    }

    private void reserve() throws IOException {
        if (buffer.length - used < ROOM) {
            out.write(buffer, 0, used);
            used = 0;
        }
    }

    private void put(byte[] text) throws IOException {
        for (byte b : text) {
            reserve();
            buffer[used++] = b;
        }
    }

    /** {@code value / 10^decimals}. */
    private void fixed(long value, int decimals) throws IOException {
        begin();
        long rest = Math.abs(value);
        int places = decimals;
        while (places > 0 && rest % 10 == 0) {
            rest /= 10;
            places--;
        }
        int count = 0;
        while (rest != 0 || count <= places) {
            digits[count++] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        if (value < 0) {
            buffer[used++] = '-';
        }
        for (int i = count - 1; i >= 0; i--) {
            buffer[used++] = digits[i];
            if (i == places && i > 0) {
                buffer[used++] = '.';
            }
        }
    }
}
