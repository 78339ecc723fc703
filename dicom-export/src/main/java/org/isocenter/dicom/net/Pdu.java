package org.isocenter.dicom.net;

import java.nio.ByteBuffer;
import java.util.List;

/** The protocol data units of the upper layer (PS3.8 9.3). */
sealed interface Pdu {
    /**
     * A-ASSOCIATE-RQ, or A-ASSOCIATE-AC, which has the same form.
     *
     * @param accept whether it is the AC
     * @param contexts proposals, or the answers to them
     */
    record Associate(
            boolean accept,
            int protocolVersion,
            String calledAeTitle,
            String callingAeTitle,
            String applicationContext,
            List<Context> contexts,
            UserInformation user)
            implements Pdu {}

    /**
     * A presentation context item.
     *
     * @param result of an answer: 0 for accepted; 0 in a proposal
     * @param abstractSyntax of a proposal; empty in an answer
     * @param transferSyntaxes proposed, or the one accepted
     */
    record Context(int id, int result, String abstractSyntax, List<String> transferSyntaxes) {}

    /** A-ASSOCIATE-RJ. */
    record Reject(int result, int source, int reason) implements Pdu {}

    /** P-DATA-TF. @param values the presentation data values; valid until the next PDU is read */
    record Data(ByteBuffer values) implements Pdu {}

    /** A-RELEASE-RQ. */
    record ReleaseRequest() implements Pdu {}

    /** A-RELEASE-RP. */
    record ReleaseReply() implements Pdu {}

    /** A-ABORT. */
    record Abort(int source, int reason) implements Pdu {}
}
