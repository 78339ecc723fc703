package org.isocenter.hardware.marcos.server;

import java.io.IOException;
import org.msgpack.core.MessagePacker;

/** Answers one client's requests, one after the other. One thread. */
final class Session {
    private static final int MAJOR = 1;
    private static final int MINOR = 0;
    private static final int DEBUG = 5;
    private static final int VERSION = MAJOR << 16 | MINOR << 8 | DEBUG;

    private static final int REQUEST = 0;
    private static final int EMERGENCY_STOP = 1;
    private static final int CLOSE_SERVER = 2;
    private static final int REPLY = 128;
    private static final int REPLY_ERROR = 129;

    private final ClientLink link;
    private final Commands commands;
    private boolean closeServer;

    Session(ClientLink link, Commands commands) {
        this.link = link;
        this.commands = commands;
    }

    /** Serves until the client leaves or is dropped. */
    void serve() throws IOException {
        RequestReader requests = new RequestReader(link.input());
        for (RequestNode root = requests.next(); root != null; root = requests.next()) {
            Request request = new Request(root);
            answer(request);
            if (request.broken()) {
                return;
            }
        }
    }

    /** The client asked for the server's end. */
    boolean closesServer() {
        return closeServer;
    }

    private void answer(Request request) throws IOException {
        Reply reply = Reply.to(link.output());
        long type = request.unsigned(request.part(0));
        long index = request.unsigned(request.part(1));
        int version = (int) request.unsigned(request.part(3));
        RequestNode payload = request.part(4);
        compare(version, reply);
        MessagePacker packer = reply.results();
        packer.packArrayHeader(6);
        packer.packInt(type == EMERGENCY_STOP ? REPLY_ERROR : REPLY);
        packer.packLong(index + 1 & 0xffff_ffffL);
        packer.packInt(0);
        packer.packInt(VERSION);
        if (type != REQUEST) {
            packer.packMapHeader(0);
        }
        if (type == EMERGENCY_STOP) {
            reply.error("Emergency stop not yet implemented!");
            reply.warning("Tried to carry out emergency stop!");
        } else if (type == CLOSE_SERVER) {
            closeServer = true;
            reply.info("Shutting down server.");
        } else {
            commands.execute(request, payload, reply);
        }
        reply.finish();
    }

    private static void compare(int version, Reply reply) {
        int major = version >> 16 & 0xff;
        int minor = version >> 8 & 0xff;
        String client = "Client version " + major + "." + minor + "." + (version & 0xff);
        String server = "server version " + MAJOR + "." + MINOR + "." + DEBUG;
        if (major != MAJOR) {
            reply.error(client + " significantly different from " + server);
        } else if (minor != MINOR) {
            reply.warning(client + " different from " + server);
        } else if ((version & 0xff) != DEBUG) {
            reply.info(client + " differs slightly from " + server);
        }
    }
}
