package org.isocenter.hardware.instrument;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.instrument.Exchange.UnclearException;

/** NanoVNA V2, S-A-A-2, LiteVNA: registers read and written in binary, little endian, with no checksum. */
final class NanoVnaV2 implements NetworkAnalyzer {
    private static final byte[] RESYNC = new byte[8];
    private static final int READ = 0x10;
    private static final int READ_QUEUE = 0x18;
    private static final int WRITE = 0x20;
    private static final int WRITE_SHORT = 0x21;
    private static final int WRITE_LONG = 0x23;
    private static final int START_HERTZ = 0x00;
    private static final int STEP_HERTZ = 0x10;
    private static final int POINTS = 0x20;
    private static final int VALUES_PER_POINT = 0x22;
    private static final int QUEUE = 0x30;
    private static final int VARIANT = 0xf0;
    private static final int HARDWARE = 0xf2;
    private static final int FIRMWARE_MAJOR = 0xf3;
    private static final int FIRMWARE_MINOR = 0xf4;
    private static final int BOOTLOADER = 0xff;

    private static final int ATTEMPTS = 3;
    private static final int ANSWER_MILLIS = 1000;
    private static final int POINT_MILLIS = 60;
    private static final int RECORD_BYTES = 32;
    private static final int MOST_RECORDS = 255;

    private final Exchange exchange;
    private final int variant;
    private final int hardware;
    private final String firmware;
    /** The first point of old firmware is wrong. */
    private final int skipped;

    NanoVnaV2(Exchange exchange) throws ScannerException {
        this.exchange = exchange;
        variant = register(VARIANT);
        hardware = register(HARDWARE);
        int major = register(FIRMWARE_MAJOR);
        int minor = register(FIRMWARE_MINOR);
        if (major == BOOTLOADER) {
            throw exchange.error(
                    ScannerException.Kind.DEVICE_FAULT, "waits for new firmware (DFU): switch it off and on", null);
        }
        firmware = major + "." + minor;
        skipped = major < 1 || major == 1 && minor <= 1 ? 1 : 0;
    }

    @Override
    public String description() {
        return "NanoVNA V2 (variant " + variant + ", hardware " + hardware + ") at " + exchange.device();
    }

    @Override
    public String firmware() {
        return firmware;
    }

    @Override
    public double lowestHertz() {
        return 50e3;
    }

    @Override
    public double highestHertz() {
        return variant > 2 || variant == 2 && hardware >= 4 ? 4.4e9 : 3e9;
    }

    @Override
    public int mostPoints() {
        return 1023 - skipped;
    }

    @Override
    public Sweep sweep(double startHertz, double stopHertz, int points) throws ScannerException {
        Sweeps.refuseOutside(exchange, this, startHertz, stopHertz, points);
        long step = Math.round((stopHertz - startHertz) / (points - 1));
        long first = Math.round(startHertz) - skipped * step;
        int all = points + skipped;
        if (step < 1 || first < lowestHertz()) {
            throw exchange.refused(
                    "needs steps of at least 1 Hz, and room for " + skipped + " more point below the first");
        }
        Sweep sweep = exchange.ask("sweep of " + points + " points", ATTEMPTS, () -> {
            exchange.send(program(first, step, all));
            double[][] values = records(all);
            Sweep measured = Sweep.ofPoints(points);
            for (int i = 0; i < points; i++) {
                double[] value = values[i + skipped];
                measured.frequencyHertz()[i] = first + (i + skipped) * (double) step;
                measured.s11Real()[i] = value[0];
                measured.s11Imaginary()[i] = value[1];
                measured.s21Real()[i] = value[2];
                measured.s21Imaginary()[i] = value[3];
            }
            return measured;
        });
        Sweeps.refuseStrange(exchange, sweep, startHertz, stopHertz);
        return sweep;
    }

    private static byte[] program(long first, long step, int points) {
        ByteBuffer commands = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        commands.put(RESYNC);
        commands.put((byte) WRITE_LONG).put((byte) START_HERTZ).putLong(first);
        commands.put((byte) WRITE_LONG).put((byte) STEP_HERTZ).putLong(step);
        commands.put((byte) WRITE_SHORT).put((byte) POINTS).putShort((short) points);
        commands.put((byte) WRITE_SHORT).put((byte) VALUES_PER_POINT).putShort((short) 1);
        commands.put((byte) WRITE).put((byte) QUEUE).put((byte) 0);
        byte[] bytes = new byte[commands.position()];
        commands.flip();
        commands.get(bytes);
        return bytes;
    }

    /** Each point once, in whatever order they come. */
    private double[][] records(int points) throws ScannerException, UnclearException {
        double[][] values = new double[points][];
        for (int done = 0; done < points; ) {
            int now = Math.min(MOST_RECORDS, points - done);
            exchange.send(new byte[] {READ_QUEUE, QUEUE, (byte) now});
            byte[] bytes = exchange.exactly(now * RECORD_BYTES, ANSWER_MILLIS + now * POINT_MILLIS);
            ByteBuffer records = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < now; i++) {
                take(records.position(i * RECORD_BYTES), values);
            }
            done += now;
        }
        return values;
    }

    private static void take(ByteBuffer record, double[][] values) throws UnclearException {
        double forwardReal = record.getInt();
        double forwardImaginary = record.getInt();
        double[] both = new double[4];
        double power = forwardReal * forwardReal + forwardImaginary * forwardImaginary;
        for (int channel = 0; channel < 2; channel++) {
            double real = record.getInt();
            double imaginary = record.getInt();
            both[2 * channel] = (real * forwardReal + imaginary * forwardImaginary) / power;
            both[2 * channel + 1] = (imaginary * forwardReal - real * forwardImaginary) / power;
        }
        int index = Short.toUnsignedInt(record.getShort());
        if (power == 0 || index >= values.length || values[index] != null) {
            throw UnclearException.garbled("point " + index + " of " + values.length + ", forward power " + power);
        }
        values[index] = both;
    }

    private int register(int address) throws ScannerException {
        return exchange.ask("register " + Integer.toHexString(address), ATTEMPTS, () -> {
            exchange.send(RESYNC);
            exchange.send(new byte[] {READ, (byte) address});
            return Byte.toUnsignedInt(exchange.exactly(1, ANSWER_MILLIS)[0]);
        });
    }

    @Override
    public List<SelfTestResult> selfTest() throws ScannerException {
        int now = register(VARIANT);
        return List.of(SelfTestResult.of("answers", now == variant, "variant " + now + ", firmware " + firmware));
    }

    @Override
    public void close() {
        exchange.finish(() -> {}, "");
    }
}
