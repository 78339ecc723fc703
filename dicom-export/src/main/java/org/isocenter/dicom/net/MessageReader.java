package org.isocenter.dicom.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.file.DicomFormatException;
import org.isocenter.dicom.file.DicomReader;

/**
 * Puts messages together from P-DATA-TF PDUs (PS3.8 annex E). A data set is read as it comes, no more than one PDU ahead.
 * One thread.
 */
final class MessageReader {
    private static final int MAX_COMMAND_BYTES = 1 << 16;
    private static final int COMMAND = 1;
    private static final int LAST = 2;

    private final UpperLayer layer;
    private final Map<Integer, AcceptedContext> contexts;
    private final Duration pduTimeout;

    private ByteBuffer values = ByteBuffer.allocate(0);
    private ByteBuffer fragment = ByteBuffer.allocate(0);
    private int contextId;
    private int control;
    /** Whether fragments of the last message's data set are still to come, or unread. */
    private boolean inDataset;

    MessageReader(UpperLayer layer, Map<Integer, AcceptedContext> contexts, Duration pduTimeout) {
        this.layer = layer;
        this.contexts = contexts;
        this.pduTimeout = pduTimeout;
    }

    /**
     * The next message's command. What was not read of the last message's data set is passed over.
     *
     * @param wait for its first byte
     * @param purpose for messages
     * @return null when the peer asks for release instead
     */
    Message next(Duration wait, String purpose) throws DicomNetException {
        skipDataset();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        if (!nextFragment(wait, purpose)) {
            return null;
        }
        int id = contextId;
        while (true) {
            requireFragment(id, COMMAND);
            if (bytes.size() + fragment.remaining() > MAX_COMMAND_BYTES) {
                throw invalid("a command of more than " + MAX_COMMAND_BYTES + " bytes");
            }
            bytes.write(fragment.array(), fragment.arrayOffset() + fragment.position(), fragment.remaining());
            if ((control & LAST) != 0) {
                break;
            }
            requireNextFragment();
        }
        Message message = new Message(contexts.get(id), command(bytes.toByteArray()));
        inDataset = message.hasDataset();
        if (inDataset) {
            fragment = ByteBuffer.allocate(0);
            control = 0;
        }
        return message;
    }

    private Attributes command(byte[] bytes) throws DicomNetException {
        try {
            return DicomReader.readCommand("a command", bytes);
        } catch (DicomFormatException | DicomValueException e) {
            throw invalid(e.getMessage());
        }
    }

    /** Throws away what is left of the last message. */
    void skipDataset() throws DicomNetException {
        while (inDataset) {
            if (!advance()) {
                break;
            }
            fragment.position(fragment.limit());
        }
    }

    /** The last message's data set. Its reads throw {@link DicomNetException} when the association fails. */
    InputStream dataset() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return advance() ? fragment.get() & 0xFF : -1;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                if (!advance()) {
                    return -1;
                }
                int count = Math.min(length, fragment.remaining());
                fragment.get(to, offset, count);
                return count;
            }
        };
    }

    /** Makes sure that there are bytes of the data set at hand. False at its end. */
    private boolean advance() throws DicomNetException {
        while (inDataset && !fragment.hasRemaining()) {
            if ((control & LAST) != 0) {
                inDataset = false;
                break;
            }
            int id = contextId;
            requireNextFragment();
            requireFragment(id, 0);
        }
        return inDataset;
    }

    private void requireFragment(int id, int kind) throws DicomNetException {
        if (contextId != id || (control & COMMAND) != kind) {
            throw invalid("fragments of two messages are mixed");
        }
        if (!fragment.hasRemaining() && (control & LAST) == 0) {
            throw invalid("a fragment without content");
        }
    }

    private void requireNextFragment() throws DicomNetException {
        if (!nextFragment(pduTimeout, "the rest of a message")) {
            throw layer.unexpected(new Pdu.ReleaseRequest());
        }
    }

    /** False when the peer asks for release instead. */
    private boolean nextFragment(Duration wait, String purpose) throws DicomNetException {
        if (!values.hasRemaining()) {
            Pdu pdu = layer.read(wait, purpose);
            if (pdu instanceof Pdu.ReleaseRequest) {
                return false;
            }
            if (!(pdu instanceof Pdu.Data data)) {
                throw layer.unexpected(pdu);
            }
            values = data.values();
        }
        if (values.remaining() < 6) {
            throw invalid("P-DATA-TF without a whole presentation data value");
        }
        long length = Integer.toUnsignedLong(values.getInt());
        if (length < 2 || length > values.remaining()) {
            throw invalid("a presentation data value of " + length + " bytes where " + values.remaining() + " are");
        }
        contextId = values.get() & 0xFF;
        control = values.get();
        if (!contexts.containsKey(contextId)) {
            throw invalid("presentation context " + contextId + " was not agreed upon");
        }
        int count = (int) length - 2;
        fragment = values.slice(values.position(), count);
        values.position(values.position() + count);
        return true;
    }

    private DicomNetException invalid(String problem) {
        return layer.broken(new PduException(PduException.INVALID_PARAMETER, problem));
    }
}
