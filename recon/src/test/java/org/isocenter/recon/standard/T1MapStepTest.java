package org.isocenter.recon.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.SequenceParameters;
import org.isocenter.recon.Reconstruction.Result;
import org.isocenter.recon.chain.ChainFormatException;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.ChainYaml;
import org.isocenter.recon.mrd.MrdFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T1 from several files of raw data. */
class T1MapStepTest {
    private static final double T1 = 0.4;

    @TempDir
    Path folder;

    /** A spot of this signal. */
    private static RawData scan(double signal, double inversion, double saturation, double flip, double repetition) {
        RawData plain = new SpotScan(0.005).raw(Map.of());
        ScanHeader header = plain.header();
        SequenceParameters sequence = header.sequence();
        ScanHeader own = new ScanHeader(
                header.measurementId(),
                header.protocolName(),
                header.start(),
                header.study(),
                header.scanner(),
                new SequenceParameters(
                        "",
                        sequence.scanningSequence(),
                        sequence.sequenceVariant(),
                        "2D",
                        repetition,
                        sequence.echoTimesSeconds(),
                        inversion,
                        flip,
                        1,
                        1,
                        0.01,
                        sequence.dwellSeconds()),
                header.encodings(),
                saturation > 0 ? Map.of(ScanHeader.SATURATION_SECONDS, Double.toString(saturation)) : Map.of());
        List<Readout> readouts = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            Readout readout = plain.readout(i);
            readouts.add(
                    new Readout(readout.header(), scaled(readout.real(), signal), scaled(readout.imaginary(), signal)));
        }
        return RawData.of(own, readouts);
    }

    private static float[] scaled(float[] values, double factor) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (factor * values[i]);
        }
        return scaled;
    }

    private static RawData prepared(double seconds, boolean inverted) {
        double signal = 1 - (inverted ? 1.9 : 1) * Math.exp(-seconds / T1);
        return inverted ? scan(signal, seconds, 0, 1.5, 3) : scan(signal, Double.NaN, seconds, 1.5, 3);
    }

    private static RawData tipped(double degrees) {
        double e = Math.exp(-0.02 / T1);
        double angle = Math.toRadians(degrees);
        return scan(Math.sin(angle) * (1 - e) / (1 - e * Math.cos(angle)), Double.NaN, 0, angle, 0.02);
    }

    private Path written(String name, RawData raw) throws IOException {
        Path file = folder.resolve(name);
        MrdFile.write(raw, file);
        return file;
    }

    private static Result map(RawData first, Object... others) throws ChainFormatException {
        List<String> names = new ArrayList<>();
        for (Object other : others) {
            names.add(other.toString());
        }
        String yaml = "chain: t1\nsteps:\n- cartesian-grid\n- transform\n- root-sum-of-squares\n- t1-map: {scans: '"
                + String.join(", ", names) + "'}\n";
        return new ChainReconstruction(new ChainYaml(StandardSteps.REGISTRY).parse(yaml, "t1")).reconstruct(first);
    }

    private static void assertT1(Result result) {
        assertThat(result.volumes())
                .extracting(ImageVolume::quantity)
                .containsExactly(Quantity.MAGNITUDE, Quantity.T1, Quantity.T1_DEVIATION);
        ImageVolume map = result.volumes().get(1);
        assertThat(map.pixel(SpotScan.SIZE / 2 + 4, SpotScan.SIZE / 2 - 3, 0)).isCloseTo(400, within(2f));
        assertThat(map.pixel(0, 0, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void timesAfterAPreparationAreFoundInTheHeaders(boolean inverted) throws Exception {
        Result result = map(
                prepared(0.5, inverted),
                written("a.h5", prepared(0.1, inverted)),
                written("b.h5", prepared(1.2, inverted)),
                written("c.h5", prepared(0.25, inverted)));
        assertT1(result);
        assertThat(result.notes()).anyMatch(note -> note.contains("4 inversion or saturation times"));
    }

    @Test
    void flipAnglesAreFoundInTheHeaders() throws Exception {
        Result result = map(tipped(20), written("a.h5", tipped(5)), written("b.h5", tipped(40)));
        assertT1(result);
        assertThat(result.notes()).anyMatch(note -> note.contains("a transmit map would tell"));
    }

    @Test
    void whyThereIsNoMapIsTold() throws Exception {
        Path same = written("a.h5", tipped(20));
        assertThat(map(tipped(20), same).notes())
                .anyMatch(note -> note.contains("neither different inversion times nor different flip angles"));
        assertThat(map(tipped(20)).notes()).anyMatch(note -> note.startsWith("no map of T1 was made"));
        assertThat(map(tipped(20), folder.resolve("none.h5")).notes()).anyMatch(note -> note.contains("none.h5"));
        assertThat(map(prepared(0.1, true), written("c.h5", prepared(0.5, true)))
                        .notes())
                .anyMatch(note -> note.contains("three inversion or saturation times"));
    }
}
