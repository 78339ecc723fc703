package org.isocenter.hardware.marcos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.marcos.MarcosAddress;
import org.isocenter.hardware.marcos.MargaCompiler;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/** What a program of our own brings back from the phantom, against the virtual scanner in process. */
class PhantomThroughWordsTest {
    private static final String SCANNER = "phantom=bottle&noise=0&imperfections=none";

    @ParameterizedTest
    @CsvSource({"se2d, ocra1", "se2d, gpa-fhdo", "gre2d, ocra1", "gre2d, gpa-fhdo"})
    void samplesAreThoseOfTheVirtualScanner(String sequence, String board) throws Exception {
        EventTable table = LibraryTables.table(sequence, 4, "osi2one");
        List<float[]> direct = new ArrayList<>();
        try (Scanner scanner = Scanners.open(URI.create("virtual:osi2one?" + SCANNER))) {
            scanner.run(table, (index, channels, samples, re, im) -> {
                float[] both = Arrays.copyOf(re, 2 * samples);
                System.arraycopy(im, 0, both, samples, samples);
                direct.add(both);
            });
        }
        try (RunningServer server = new RunningServer("board=" + board + "&profile=osi2one&" + SCANNER)) {
            MarcosAddress address = MarcosAddress.parse(server.emulator().address());
            ByteArrayOutputStream words = new ByteArrayOutputStream();
            MargaCompiler.compile(table, address.marga(), word -> {
                for (int shift = 0; shift < 32; shift += 8) {
                    words.write(word >> shift);
                }
            });
            System.out.println(words.size() / 4 + " words");
            Map<String, long[]> samples = run(server, words.toByteArray());
            samples.forEach((k, v) -> System.out.println(k + " " + v.length));
            int total = direct.stream().mapToInt(d -> d.length / 2).sum();
            System.out.println(total + " asked for in " + direct.size());
            int at = 0;
            double error = 0;
            double power = 0;
            double per = address.samplePerCount(122);
            for (float[] window : direct) {
                int n = window.length / 2;
                int received = samples.get("rx0_i").length / direct.size();
                for (int s = 0; s < n; s++) {
                    double re = (int) samples.get("rx0_i")[at + s] * per;
                    double im = (int) samples.get("rx0_q")[at + s] * per;
                    error += Math.pow(re - window[s], 2) + Math.pow(im - window[n + s], 2);
                    power += Math.pow(window[s], 2) + Math.pow(window[n + s], 2);
                }
                at += received;
            }
            System.out.println(sequence + " " + board + " NRMSE " + Math.sqrt(error / power));
            assertThat(Math.sqrt(error / power)).isLessThan(2e-3);
        }
    }

    static Map<String, long[]> run(RunningServer server, byte[] payload) throws IOException {
        try (Socket client = server.connect()) {
            var packer = MessagePack.newDefaultPacker(client.getOutputStream());
            packer.packArrayHeader(5).packInt(0).packInt(0).packInt(0).packInt(65541);
            packer.packMapHeader(1).packString("run_seq").packBinaryHeader(payload.length);
            packer.writePayload(payload).flush();
            MessageUnpacker in = MessagePack.newDefaultUnpacker(client.getInputStream());
            in.unpackArrayHeader();
            for (int i = 0; i < 4; i++) {
                in.unpackInt();
            }
            in.unpackMapHeader();
            in.unpackString();
            Map<String, long[]> samples = new java.util.TreeMap<>();
            if (in.getNextFormat().getValueType().isMapType()) {
                for (int left = in.unpackMapHeader(); left > 0; left--) {
                    String name = in.unpackString();
                    long[] values = new long[in.unpackArrayHeader()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = in.unpackLong();
                    }
                    samples.put(name, values);
                }
            } else {
                in.skipValue();
            }
            System.out.println(in.unpackValue());
            return samples;
        }
    }
}
