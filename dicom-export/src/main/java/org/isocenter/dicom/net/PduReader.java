package org.isocenter.dicom.net;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Takes PDUs off a connection. Lengths are checked before anything is allocated or read. One thread. */
final class PduReader {
    static final int HEADER_BYTES = 6;
    static final int ASSOCIATE_RQ = 1;
    static final int ASSOCIATE_AC = 2;
    static final int ASSOCIATE_RJ = 3;
    static final int DATA = 4;
    static final int RELEASE_RQ = 5;
    static final int RELEASE_RP = 6;
    static final int ABORT = 7;

    /** 128 contexts with a dozen transfer syntaxes each take less. */
    private static final int MAX_ASSOCIATE_BYTES = 1 << 17;

    private final Connection connection;
    private final int maxDataBytes;
    private final Duration pduTimeout;
    private final byte[] header = new byte[HEADER_BYTES];
    private byte[] data = new byte[0];

    /**
     * @param maxDataBytes longest P-DATA-TF that is taken
     * @param pduTimeout from the first byte of a PDU to its last
     */
    PduReader(Connection connection, int maxDataBytes, Duration pduTimeout) {
        this.connection = connection;
        this.maxDataBytes = maxDataBytes;
        this.pduTimeout = pduTimeout;
    }

    /**
     * @param begin by when it must begin
     * @return the next PDU; null when the peer closed the connection before one
     * @throws java.net.SocketTimeoutException when it is late, {@link EOFException} when the connection ends within it,
     *     {@link PduException} when it is none
     */
    Pdu next(Deadline begin) throws IOException {
        if (!connection.await(begin)) {
            return null;
        }
        Deadline end = Deadline.after(pduTimeout);
        connection.readFully(header, HEADER_BYTES, end);
        int type = header[0];
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(header, 2, 4).getInt());
        switch (type) {
            case ASSOCIATE_RQ, ASSOCIATE_AC -> {
                requireAtMost(type, length, MAX_ASSOCIATE_BYTES);
                byte[] body = new byte[(int) length];
                connection.readFully(body, body.length, end);
                return AssociateCodec.decode(type == ASSOCIATE_AC, ByteBuffer.wrap(body));
            }
            case DATA -> {
                requireAtMost(type, length, maxDataBytes);
                if (data.length < length) {
                    data = new byte[(int) length];
                }
                connection.readFully(data, (int) length, end);
                return new Pdu.Data(ByteBuffer.wrap(data, 0, (int) length));
            }
            case ASSOCIATE_RJ, RELEASE_RQ, RELEASE_RP, ABORT -> {
                if (length != 4) {
                    throw new PduException(
                            PduException.INVALID_PARAMETER,
                            "a PDU of type " + type + " with " + length + " bytes: it has 4");
                }
                byte[] body = new byte[4];
                connection.readFully(body, body.length, end);
                return shortPdu(type, body);
            }
            default -> throw new PduException(PduException.UNRECOGNIZED_PDU, "a PDU of unknown type " + (type & 0xFF));
        }
    }

    private static Pdu shortPdu(int type, byte[] body) {
        return switch (type) {
            case ASSOCIATE_RJ -> new Pdu.Reject(body[1] & 0xFF, body[2] & 0xFF, body[3] & 0xFF);
            case RELEASE_RQ -> new Pdu.ReleaseRequest();
            case RELEASE_RP -> new Pdu.ReleaseReply();
            default -> new Pdu.Abort(body[2] & 0xFF, body[3] & 0xFF);
        };
    }

    private static void requireAtMost(int type, long length, int most) throws PduException {
        if (length > most) {
            throw new PduException(
                    PduException.INVALID_PARAMETER,
                    "a PDU of type " + type + " with " + length + " bytes: at most " + most + " are taken");
        }
    }

    /** One of the PDUs of ten bytes. */
    static byte[] encode(int type, int second, int third, int fourth) {
        return new byte[] {(byte) type, 0, 0, 0, 0, 4, 0, (byte) second, (byte) third, (byte) fourth};
    }
}
