package org.isocenter.recon.mrd;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Waveform;

/**
 * The MRD stream as it goes over TCP and into the journal: messages of a u16 id and a body, little endian, one after the
 * other without framing. Stateless; any thread; a buffer's own byte order does not matter and is left as it is.
 *
 * <p>Writers put a whole message at the buffer's position and advance it, or throw {@link BufferOverflowException} with
 * nothing written. For a reader, {@link #length} tells when a message is complete and {@link #read} takes it out.
 */
public final class MrdMessages {
    public static final int CONFIG_FILE = 1;
    public static final int CONFIG_TEXT = 2;
    public static final int HEADER = 3;
    public static final int CLOSE = 4;
    public static final int TEXT = 5;
    public static final int QUERY = 6;
    public static final int RESPONSE = 7;
    public static final int FAILURE = 8;
    public static final int ACQUISITION = 1008;
    public static final int DICOM = 1018;
    public static final int IMAGE = 1022;
    public static final int WAVEFORM = 1026;
    public static final int ARRAY = 1030;

    /** A longer message is taken for garbage: 1 GiB. */
    static final long LONGEST_MESSAGE = 1L << 30;

    static final int ID_BYTES = 2;
    static final int CONFIG_FILE_BYTES = 1024;

    private MrdMessages() {}

    /** Bytes of the message that {@link #putAcquisition} writes. */
    public static int acquisitionBytes(ReadoutHeader header, int trajectoryDimensions) {
        long bytes = MessageLength.acquisition(header.samples(), header.channels(), trajectoryDimensions);
        if (bytes > LONGEST_MESSAGE) {
            throw new IllegalArgumentException("readout " + header.scanCounter() + " needs " + bytes
                    + " bytes, a message holds " + LONGEST_MESSAGE);
        }
        return (int) bytes;
    }

    /** One readout as an ACQUISITION message. Allocates nothing per sample. */
    public static void putAcquisition(Readout readout, ByteBuffer out) {
        ReadoutHeader header = readout.header();
        int length = acquisitionBytes(header, readout.trajectoryDimensions());
        ByteBuffer le = room(out, length);
        int start = le.position();
        AcquisitionHeaderCodec.put(header, readout.trajectoryDimensions(), le, start + ID_BYTES);
        le.putShort(start, (short) ACQUISITION);
        le.position(start + ID_BYTES + AcquisitionHeaderCodec.BYTES);
        le.asFloatBuffer().put(readout.trajectoryPerMeter());
        int at = le.position() + 4 * readout.trajectoryPerMeter().length;
        float[] real = readout.real();
        float[] imaginary = readout.imaginary();
        for (int i = 0; i < real.length; i++) {
            le.putFloat(at, real[i]);
            le.putFloat(at + 4, imaginary[i]);
            at += 8;
        }
        out.position(start + length);
    }

    /** The scan's header as a HEADER message. */
    public static ByteBuffer header(ScanHeader header) {
        return text(HEADER, MrdHeaderXml.write(header));
    }

    /** An image as an IMAGE message, with its attributes. */
    public static ByteBuffer image(MrdImage image) {
        byte[] attributes = image.meta().xml().getBytes(StandardCharsets.UTF_8);
        int head = ID_BYTES + ImageHeaderCodec.BYTES;
        long length = head + 8L + attributes.length + image.pixels().remaining();
        if (length > LONGEST_MESSAGE) {
            throw new IllegalArgumentException("an image of " + length + " bytes, a message holds " + LONGEST_MESSAGE);
        }
        ByteBuffer out = allocate((int) length).putShort((short) IMAGE);
        ImageHeaderCodec.put(image.header(), attributes.length, out, ID_BYTES);
        return out.position(head)
                .putLong(attributes.length)
                .put(attributes)
                .put(image.pixels().duplicate())
                .flip();
    }

    /** A waveform as a WAVEFORM message. */
    public static ByteBuffer waveform(Waveform waveform) {
        int head = ID_BYTES + WaveformCodec.BYTES;
        ByteBuffer out = allocate(Math.addExact(head, Math.multiplyExact(4, waveform.values().length)))
                .putShort((short) WAVEFORM);
        WaveformCodec.putHeader(waveform, out, ID_BYTES);
        out.position(head).asIntBuffer().put(waveform.values());
        return out.rewind();
    }

    /** A message whose body is a length and a text: HEADER, CONFIG_TEXT or TEXT. */
    public static ByteBuffer text(int id, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return allocate(ID_BYTES + 4 + utf8.length)
                .putShort((short) id)
                .putInt(utf8.length)
                .put(utf8)
                .flip();
    }

    /** Asks a server for the reconstruction of this name, at most 1023 bytes. */
    public static ByteBuffer configFile(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (utf8.length >= CONFIG_FILE_BYTES) {
            throw new IllegalArgumentException(
                    "a configuration's name has at most " + (CONFIG_FILE_BYTES - 1) + " bytes");
        }
        ByteBuffer out = allocate(ID_BYTES + CONFIG_FILE_BYTES);
        out.putShort((short) CONFIG_FILE).put(utf8);
        return out.rewind();
    }

    /** Asks Gadgetron something about itself: "gadgetron::info::version". */
    public static ByteBuffer query(long number, String question) {
        byte[] utf8 = question.getBytes(StandardCharsets.UTF_8);
        return allocate(ID_BYTES + 24 + utf8.length)
                .putShort((short) QUERY)
                .putLong(0)
                .putLong(number)
                .putLong(utf8.length)
                .put(utf8)
                .flip();
    }

    /** The answer to the query of that number. */
    public static ByteBuffer response(long number, String answer) {
        byte[] utf8 = answer.getBytes(StandardCharsets.UTF_8);
        return allocate(ID_BYTES + 16 + utf8.length)
                .putShort((short) RESPONSE)
                .putLong(number)
                .putLong(utf8.length)
                .put(utf8)
                .flip();
    }

    public static ByteBuffer close() {
        return allocate(ID_BYTES).putShort((short) CLOSE).flip();
    }

    /**
     * How long the message at the buffer's position is in all, or -1 when too little of it is here to tell.
     *
     * @throws MrdFormatException when these bytes are no MRD message
     */
    public static long length(ByteBuffer in) throws MrdFormatException {
        return MessageLength.of(in);
    }

    /**
     * Takes the message at the buffer's position and advances past it. Everything is copied out.
     *
     * @param notes is told what had to be assumed
     * @throws MrdFormatException when the bytes are no MRD message, or end within one
     */
    public static MrdMessage read(ByteBuffer in, MrdNotes notes) throws MrdFormatException {
        int start = in.position();
        long length = length(in);
        if (length < 0 || length > in.remaining()) {
            throw new MrdFormatException(
                    "",
                    "byte " + start,
                    "the data ends within a message: " + in.remaining() + " bytes are left"
                            + (length < 0 ? "" : ", it has " + length));
        }
        ByteBuffer body = in.slice(start, (int) length).order(ByteOrder.LITTLE_ENDIAN);
        int id = body.getShort() & 0xffff;
        MrdMessage message = switch (id) {
            case CLOSE -> new MrdMessage.Close();
            case CONFIG_FILE -> new MrdMessage.Config(string(body, CONFIG_FILE_BYTES));
            case CONFIG_TEXT -> new MrdMessage.Config(string(body, body.getInt()));
            case HEADER -> new MrdMessage.Header(string(body, body.getInt()));
            case TEXT -> new MrdMessage.Text(string(body, body.getInt()));
            case QUERY -> new MrdMessage.Query(body.getLong(ID_BYTES + 8), longString(body.position(ID_BYTES + 16)));
            case RESPONSE -> new MrdMessage.Response(body.getLong(), longString(body));
            case FAILURE -> new MrdMessage.Failure(longString(body));
            case ACQUISITION -> new MrdMessage.Acquisition(acquisition(body, notes));
            case IMAGE -> new MrdMessage.Image(image(body, notes));
            case DICOM -> new MrdMessage.Dicom(longString(body.position(ID_BYTES + 4 + body.getInt(ID_BYTES))));
            case WAVEFORM -> new MrdMessage.Waveform(WaveformCodec.get(body, ID_BYTES));
            default -> new MrdMessage.Array(length);
        };
        in.position(start + (int) length);
        return message;
    }

    private static Readout acquisition(ByteBuffer body, MrdNotes notes) {
        ReadoutHeader header = AcquisitionHeaderCodec.get(body, ID_BYTES, notes);
        int dimensions = AcquisitionHeaderCodec.trajectoryDimensions(body, ID_BYTES);
        float[] trajectory = new float[dimensions * header.samples()];
        body.position(ID_BYTES + AcquisitionHeaderCodec.BYTES);
        body.asFloatBuffer().get(trajectory);
        int count = header.samples() * header.channels();
        float[] real = new float[count];
        float[] imaginary = new float[count];
        int at = body.position() + 4 * trajectory.length;
        for (int i = 0; i < count; i++) {
            real[i] = body.getFloat(at);
            imaginary[i] = body.getFloat(at + 4);
            at += 8;
        }
        return new Readout(header, real, imaginary, dimensions, trajectory);
    }

    private static MrdImage image(ByteBuffer body, MrdNotes notes) throws MrdFormatException {
        MrdImageHeader header = ImageHeaderCodec.get(body, ID_BYTES, notes);
        body.position(ID_BYTES + ImageHeaderCodec.BYTES);
        MrdMeta meta = MrdMeta.parse(longString(body), notes);
        ByteBuffer pixels = ByteBuffer.allocate(body.remaining()).put(body).flip();
        return new MrdImage(header, meta, pixels);
    }

    /** Some writers count a closing NUL in the length, some pad with NULs. */
    private static String string(ByteBuffer body, int length) {
        byte[] utf8 = new byte[length];
        body.get(utf8);
        int end = 0;
        while (end < length && utf8[end] != 0) {
            end++;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }

    /** Of a length that {@link MessageLength} has found to be one. */
    private static String longString(ByteBuffer body) {
        return string(body, (int) body.getLong());
    }

    private static ByteBuffer room(ByteBuffer out, int length) {
        if (out.remaining() < length) {
            throw new BufferOverflowException();
        }
        return out.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
