package org.isocenter.dicom.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A-ASSOCIATE-RQ and -AC as bytes (PS3.8 9.3.2 and 9.3.3, PS3.7 annex D). Items that are not known are passed over. */
final class AssociateCodec {
    private static final int APPLICATION_CONTEXT = 0x10;
    private static final int PROPOSED_CONTEXT = 0x20;
    private static final int ANSWERED_CONTEXT = 0x21;
    private static final int ABSTRACT_SYNTAX = 0x30;
    private static final int TRANSFER_SYNTAX = 0x40;
    private static final int USER_INFORMATION = 0x50;
    private static final int MAX_LENGTH = 0x51;
    private static final int IMPLEMENTATION_CLASS = 0x52;
    private static final int ASYNCHRONOUS_OPERATIONS = 0x53;
    private static final int ROLE_SELECTION = 0x54;
    private static final int IMPLEMENTATION_VERSION = 0x55;
    private static final int EXTENDED_NEGOTIATION = 0x56;
    private static final int FIXED_BYTES = 68;

    private AssociateCodec() {}

    /** @param pdu without its header */
    static Pdu.Associate decode(boolean accept, ByteBuffer pdu) throws PduException {
        ByteBuffer body = pdu.slice();
        if (body.remaining() < FIXED_BYTES) {
            throw invalid("A-ASSOCIATE of " + body.remaining() + " bytes: it has at least " + FIXED_BYTES);
        }
        int version = body.getShort();
        body.getShort();
        String called = AeTitle.decode(bytes(body, 16));
        String calling = AeTitle.decode(bytes(body, 16));
        body.position(FIXED_BYTES);
        String application = "";
        List<Pdu.Context> contexts = new ArrayList<>();
        UserInformation user = null;
        while (body.hasRemaining()) {
            int type = body.get();
            ByteBuffer item = item(body);
            switch (type) {
                case APPLICATION_CONTEXT -> application = uid(item);
                case PROPOSED_CONTEXT, ANSWERED_CONTEXT -> contexts.add(context(item));
                case USER_INFORMATION -> user = userInformation(item);
                default -> item.position(item.limit());
            }
        }
        if (user == null) {
            throw invalid("A-ASSOCIATE without user information");
        }
        return new Pdu.Associate(accept, version, called, calling, application, contexts, user);
    }

    private static Pdu.Context context(ByteBuffer in) throws PduException {
        if (in.remaining() < 4) {
            throw invalid("a presentation context that is cut off");
        }
        int id = Byte.toUnsignedInt(in.get());
        in.get();
        int result = Byte.toUnsignedInt(in.get());
        in.get();
        String abstractSyntax = "";
        List<String> transferSyntaxes = new ArrayList<>();
        while (in.hasRemaining()) {
            int type = in.get();
            ByteBuffer item = item(in);
            if (type == ABSTRACT_SYNTAX) {
                abstractSyntax = uid(item);
            } else if (type == TRANSFER_SYNTAX) {
                transferSyntaxes.add(uid(item));
            }
        }
        return new Pdu.Context(id, result, abstractSyntax, transferSyntaxes);
    }

    private static UserInformation userInformation(ByteBuffer in) throws PduException {
        int maxPduBytes = 0;
        String implementationClass = "";
        String implementationVersion = "";
        int invoked = 1;
        int performed = 1;
        Map<String, UserInformation.Role> roles = new HashMap<>();
        Map<String, byte[]> extended = new HashMap<>();
        while (in.hasRemaining()) {
            int type = in.get();
            ByteBuffer item = item(in);
            switch (type) {
                case MAX_LENGTH -> {
                    require(item, 4);
                    maxPduBytes = item.getInt();
                }
                case IMPLEMENTATION_CLASS -> implementationClass = uid(item);
                case IMPLEMENTATION_VERSION -> implementationVersion = AeTitle.decode(bytes(item, item.remaining()));
                case ASYNCHRONOUS_OPERATIONS -> {
                    require(item, 4);
                    invoked = Short.toUnsignedInt(item.getShort());
                    performed = Short.toUnsignedInt(item.getShort());
                }
                case ROLE_SELECTION -> {
                    String sopClass = countedUid(item);
                    require(item, 2);
                    roles.put(sopClass, new UserInformation.Role(item.get() == 1, item.get() == 1));
                }
                case EXTENDED_NEGOTIATION -> extended.put(countedUid(item), bytes(item, item.remaining()));
                default -> item.position(item.limit());
            }
        }
        return new UserInformation(
                maxPduBytes, implementationClass, implementationVersion, invoked, performed, roles, extended);
    }

    /** The item whose type was just read: a reserved byte, its length, and so many bytes. */
    private static ByteBuffer item(ByteBuffer in) throws PduException {
        require(in, 3);
        in.get();
        int length = Short.toUnsignedInt(in.getShort());
        require(in, length);
        ByteBuffer item = in.slice(in.position(), length);
        in.position(in.position() + length);
        return item;
    }

    private static String countedUid(ByteBuffer in) throws PduException {
        require(in, 2);
        int length = Short.toUnsignedInt(in.getShort());
        require(in, length);
        return AeTitle.decode(bytes(in, length));
    }

    private static String uid(ByteBuffer in) {
        return AeTitle.decode(bytes(in, in.remaining()));
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static void require(ByteBuffer in, int bytes) throws PduException {
        if (in.remaining() < bytes) {
            throw invalid("an item of A-ASSOCIATE reaches beyond what holds it");
        }
    }

    private static PduException invalid(String problem) {
        return new PduException(PduException.INVALID_PARAMETER, problem);
    }

    /** The whole PDU, with its header. */
    static byte[] encode(Pdu.Associate pdu) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        putShort(body, pdu.protocolVersion());
        putShort(body, 0);
        body.writeBytes(AeTitle.encode(pdu.calledAeTitle()));
        body.writeBytes(AeTitle.encode(pdu.callingAeTitle()));
        body.writeBytes(new byte[32]);
        putItem(body, APPLICATION_CONTEXT, ascii(pdu.applicationContext()));
        for (Pdu.Context context : pdu.contexts()) {
            putItem(body, pdu.accept() ? ANSWERED_CONTEXT : PROPOSED_CONTEXT, encode(context));
        }
        putItem(body, USER_INFORMATION, encode(pdu.user()));
        ByteBuffer whole = ByteBuffer.allocate(PduReader.HEADER_BYTES + body.size());
        whole.put((byte) (pdu.accept() ? PduReader.ASSOCIATE_AC : PduReader.ASSOCIATE_RQ));
        whole.put((byte) 0).putInt(body.size()).put(body.toByteArray());
        return whole.array();
    }

    private static byte[] encode(Pdu.Context context) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) context.id(), 0, (byte) context.result(), 0});
        if (!context.abstractSyntax().isEmpty()) {
            putItem(out, ABSTRACT_SYNTAX, ascii(context.abstractSyntax()));
        }
        context.transferSyntaxes().forEach(syntax -> putItem(out, TRANSFER_SYNTAX, ascii(syntax)));
        return out.toByteArray();
    }

    private static byte[] encode(UserInformation user) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        putItem(
                out,
                MAX_LENGTH,
                ByteBuffer.allocate(4).putInt(user.maxPduBytes()).array());
        putItem(out, IMPLEMENTATION_CLASS, ascii(user.implementationClass()));
        // Silence means a window of one.
        if (user.maxInvoked() != 1 || user.maxPerformed() != 1) {
            ByteBuffer window = ByteBuffer.allocate(4);
            window.putShort((short) user.maxInvoked()).putShort((short) user.maxPerformed());
            putItem(out, ASYNCHRONOUS_OPERATIONS, window.array());
        }
        user.roles().forEach((sopClass, role) -> {
            byte[] roles = {(byte) (role.user() ? 1 : 0), (byte) (role.provider() ? 1 : 0)};
            putItem(out, ROLE_SELECTION, counted(sopClass, roles));
        });
        putItem(out, IMPLEMENTATION_VERSION, ascii(user.implementationVersion()));
        user.extended().forEach((sopClass, bytes) -> putItem(out, EXTENDED_NEGOTIATION, counted(sopClass, bytes)));
        return out.toByteArray();
    }

    private static byte[] counted(String uid, byte[] rest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        putShort(out, uid.length());
        out.writeBytes(ascii(uid));
        out.writeBytes(rest);
        return out.toByteArray();
    }

    private static void putItem(ByteArrayOutputStream out, int type, byte[] content) {
        out.write(type);
        out.write(0);
        putShort(out, content.length);
        out.writeBytes(content);
    }

    private static void putShort(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
