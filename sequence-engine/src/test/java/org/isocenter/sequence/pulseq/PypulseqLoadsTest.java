package org.isocenter.sequence.pulseq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.trajectory.KspaceTrajectory;
import org.isocenter.testing.Peer;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written loads in pypulseq, where that is installed, and means the same there. */
class PypulseqLoadsTest {
    private static final String SCRIPT = """
            import sys
            import pypulseq
            sequence = pypulseq.Sequence()
            sequence.read(sys.argv[1], detect_rf_use=True)
            print('duration', sequence.duration()[0])
            k, _, _, _, t = sequence.calculate_kspace()
            for i in range(0, len(t), 97):
                print('k', t[i], k[0, i], k[1, i], k[2, i])
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "v120_mprage, 1.2.1",
        "v131_gre_labels, 1.3.1",
        "v150_tse, 1.4.2",
        "v150_gre_softdelay, 1.5.0",
        "gen151_haste, 1.5.1"
    })
    void theSameKspace(String name, String version) throws IOException {
        Sequence sequence =
                PulseqReader.read(SharedData.path("seq/" + name + ".seq")).sequence();
        Path file = folder.resolve("written.seq");
        PulseqWriter.write(sequence, PulseqVersion.of(version).orElseThrow(), file);
        Peer.Output output = Peer.python(List.of("pypulseq"), SCRIPT, file.toString());
        assertThat(output.exitCode()).as(output.text()).isZero();
        List<double[]> samples = samples(sequence);
        int at = 0;
        for (String line : output.lines()) {
            String[] words = line.split(" ");
            if (words[0].equals("duration")) {
                assertThat(Double.parseDouble(words[1])).isCloseTo(sequence.durationPs() * 1e-12, within(1e-9));
            } else if (words[0].equals("k")) {
                double[] ours = samples.get(at);
                for (int i = 0; i < 4; i++) {
                    assertThat(Double.parseDouble(words[i + 1]))
                            .as("%s of sample %d", "t,x,y,z".split(",")[i], at)
                            .isCloseTo(ours[i], within(i == 0 ? 1e-9 : 1e-4));
                }
                at += 97;
            }
        }
        assertThat(at).isGreaterThanOrEqualTo(samples.size());
    }

    /** t, kx, ky, kz of each sample. */
    private static List<double[]> samples(Sequence sequence) {
        List<double[]> samples = new ArrayList<>();
        KspaceTrajectory.forEachWindow(sequence, w -> {
            for (int i = 0; i < w.samples(); i++) {
                samples.add(new double[] {w.timeSeconds(i), w.kx()[i], w.ky()[i], w.kz()[i]});
            }
        });
        return samples;
    }
}
