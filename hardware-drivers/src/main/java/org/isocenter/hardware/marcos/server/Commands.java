package org.isocenter.hardware.marcos.server;

import java.io.IOException;
import org.isocenter.hardware.marcos.server.RequestNode.Kind;
import org.msgpack.core.MessagePacker;

/**
 * The commands of a packet, in the server's order, and what it answers to each. Two are ours alone: {@code announce},
 * the whole scan beforehand, run by run, so that it can be simulated as one, and {@code computing}, whether the simulation has
 * got to the next run. One thread.
 */
final class Commands {
    private static final int OK = 0;
    private static final int ERROR = -1;
    private static final long LEAST_RETRIES = 1000;
    private static final long MOST_RETRIES = 10_000_000;

    private final Console console;
    private final ClientLink link;
    private final String reality;

    /** @param reality what it says that it is: "simulation", "hardware" */
    Commands(Console console, ClientLink link, String reality) {
        this.console = console;
        this.link = link;
        this.reality = reality;
    }

    /** What a command does and writes as its result. */
    private interface Command {
        void execute(RequestNode argument) throws IOException;
    }

    /** One packet's work. */
    private final class Packet {
        private final Request request;
        private final RequestNode commands;
        private final Reply reply;
        private final MessagePacker out;
        private int understood;

        Packet(Request request, RequestNode commands, Reply reply) {
            this.request = request;
            this.commands = commands;
            this.reply = reply;
            out = reply.results();
        }

        void when(String name, Command command) throws IOException {
            RequestNode argument = request.argument(commands, name);
            if (argument != null) {
                understood++;
                out.packString(name);
                command.execute(argument);
            }
        }

        void execute() throws IOException {
            int present = request.entries(commands);
            out.packMapHeader(present);
            if (present == 0) {
                reply.error("no commands present or incorrectly formatted request");
            }
            when("halt_and_reset", argument -> out.packBoolean(console.haltAndReset()));
            when("read_mem", argument -> out.packInt(OK));
            when("fpga_clk", this::setClock);
            when("ctrl", argument -> {
                console.control((int) request.unsigned(argument));
                out.packInt(OK);
            });
            when("direct", argument -> {
                console.direct((int) request.unsigned(argument));
                out.packInt(OK);
            });
            when("regrd", argument -> register(request.unsigned(argument)));
            when("regstatus", argument -> {
                out.packArrayHeader(7);
                for (int index = 4; index <= 10; index++) {
                    register(index);
                }
            });
            when("mar_mem", this::load);
            when("acq_rlim", this::limitRetries);
            when("read_rx", argument -> samples(console.readFifos()));
            when("run_seq", argument -> samples(console.run(request.binary(argument), reply, link)));
            when("announce", this::announce);
            when("computing", argument -> out.packLong(console.computing()));
            when("test_net", this::testNetwork);
            when("test_bus", this::testBus);
            when("are_you_real", argument -> out.packString(reality));
            if (understood != present) {
                reply.error("not all client commands were understood");
                for (int number = present; number > 0; number--) {
                    out.packString("UNKNOWN" + number).packInt(ERROR);
                }
            }
        }

        private void setClock(RequestNode words) throws IOException {
            if (request.length(words) != 3) {
                reply.error("you only provided some FPGA clock control words; check you're providing all 3");
                out.packInt(ERROR);
                return;
            }
            for (int i = 0; i < 3; i++) {
                request.unsigned(words.children().get(i));
            }
            out.packInt(OK);
        }

        private void register(long index) throws IOException {
            out.packLong(console.register(index) & 0xffff_ffffL);
        }

        private void load(RequestNode argument) throws IOException {
            byte[] bytes = request.binary(argument);
            if (bytes.length > Program.Memory.BYTES) {
                reply.error("too much mar mem data: " + bytes.length + " bytes > " + Program.Memory.BYTES
                        + " -- streaming not yet implemented");
                out.packInt(ERROR);
                return;
            }
            console.load(bytes);
            reply.info("mar mem data bytes copied: " + bytes.length);
            out.packInt(OK);
        }

        private void limitRetries(RequestNode argument) throws IOException {
            long limit = request.unsigned(argument);
            if (limit < LEAST_RETRIES || limit > MOST_RETRIES) {
                reply.error("acquisition retry limit outside the range [1000, 10,000,000]; check your settings");
                out.packInt(ERROR);
                return;
            }
            out.packInt(OK);
        }

        private void samples(SampleQueue[] received) throws IOException {
            int channels = 0;
            for (SampleQueue samples : received) {
                channels += samples.size() > 0 ? 2 : 0;
            }
            if (channels == 0) {
                reply.warning("no RX data received");
                out.packInt(OK);
                return;
            }
            out.packMapHeader(channels);
            for (int i = 0; i < received.length; i++) {
                SampleQueue samples = received[i];
                if (samples.size() > 0) {
                    out.packString("rx" + i + "_i").packArrayHeader(samples.size());
                    for (int n = 0; n < samples.size(); n++) {
                        out.packLong(samples.real(n) & 0xffff_ffffL);
                    }
                    out.packString("rx" + i + "_q").packArrayHeader(samples.size());
                    for (int n = 0; n < samples.size(); n++) {
                        out.packLong(samples.imaginary(n) & 0xffff_ffffL);
                    }
                }
            }
        }

        private void announce(RequestNode argument) throws IOException {
            if (argument.kind() == Kind.INTEGER) {
                console.announced();
            } else {
                console.announce(request.binary(argument));
            }
            out.packInt(OK);
        }

        private void testNetwork(RequestNode argument) throws IOException {
            long count = request.unsigned(argument);
            out.packMapHeader(2);
            for (int array = 0; array < 2; array++) {
                out.packString("array" + (array + 1));
                // More than Java's writer can tell wrap, as a client could not read so many.
                out.packArrayHeader((int) Math.min(count, Integer.MAX_VALUE));
                for (long k = 0; k < Math.min(count, Integer.MAX_VALUE); k++) {
                    out.packDouble(1.01 * (k + 10L * array));
                }
            }
        }

        private void testBus(RequestNode argument) throws IOException {
            long count = request.unsigned(argument);
            long begin = System.nanoTime();
            console.exerciseBus(count);
            long micros = (System.nanoTime() - begin) / 1000;
            out.packArrayHeader(3).packLong(0).packLong(micros).packLong(micros);
        }
    }

    /** Does what a packet asks for and writes the map of results. */
    void execute(Request request, RequestNode commands, Reply reply) throws IOException {
        new Packet(request, commands, reply).execute();
    }
}
