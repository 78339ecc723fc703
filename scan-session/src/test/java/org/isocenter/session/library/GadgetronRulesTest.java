package org.isocenter.session.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.model.GradientHarmonics;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SystemLimits;
import org.isocenter.recon.mrd.MrdHeaderXml;
import org.isocenter.recon.mrd.MrdMessages;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.library.SequenceLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/**
 * What Gadgetron's Cartesian chains (default.xml, Generic_Cartesian_Grappa.xml: RemoveROOversamplingGadget,
 * AsymmetricEchoAdjustROGadget, BucketToBufferGadget, GenericReconCartesianReferencePrepGadget, NoiseAdjustGadget; source of November
 * 2024) take from header and readouts without asking whether it is there, and where they put lines, checked on the bytes that
 * we send. Gadgetron itself is in no package of Debian.
 */
class GadgetronRulesTest {
    private static final int ID_BYTES = 2;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "se2d matrix=24 matrixPhase=24",
                "se2d matrix=32 matrixPhase=30 partialFourier=70% slices=3",
                "gre2d matrix=24 matrixPhase=25 echoes=2 averages=2",
                "tse2d matrix=24 matrixPhase=24 ETL=4 slices=2",
                "tse3d matrix=24 matrixPhase=24 partitions=8 ETL=4",
                "gre3d matrix=24 matrixPhase=24 partitions=9 partialFourier=75%",
                "gre2d matrix=24 matrixPhase=48 accelPhase=2 calibrationLines=12",
                "gre2d matrix=24 matrixPhase=49 accelPhase=3 calibrationLines=13 partialFourier=75%",
                "epi2d matrix=24 matrixPhase=24",
                "localizer",
            })
    void everyLineHasItsPlace(String scan) throws Exception {
        SequencePlan plan = plan(scan);
        Document header = header(plan);
        assertThat(plan.readouts()).isNotEmpty();
        Set<List<Integer>> places = new HashSet<>();
        int images = 0;
        int[] centres = new int[plan.encodings().size()];
        for (ReadoutHeader readout : plan.readouts()) {
            Acquisition acquisition = new Acquisition(readout);
            if (acquisition.has(19) || acquisition.has(24)) {
                continue; // noise, and lines for the phase of echo trains
            }
            Element encoding = (Element) header.getElementsByTagName("encoding").item(acquisition.unsigned(174));
            Buffer buffer = new Buffer(encoding);
            int line = acquisition.unsigned(242) + buffer.offset("y", "kspace_encoding_step_1");
            int partition = acquisition.unsigned(244)
                    + (buffer.matrix("encodedSpace", "z") > 1 ? buffer.offset("z", "kspace_encoding_step_2") : 0);
            assertThat(line).as(scan).isBetween(0, buffer.matrix("encodedSpace", "y") - 1);
            assertThat(partition).as(scan).isBetween(0, buffer.matrix("encodedSpace", "z") - 1);
            assertThat(acquisition.unsigned(248)).isBetween(0, buffer.limit("slice", "maximum"));
            assertThat(acquisition.unsigned(34)).isEqualTo(buffer.matrix("encodedSpace", "x"));
            int middle = acquisition.unsigned(34) / 2;
            assertThat(acquisition.unsigned(172))
                    .isEqualTo(acquisition.has(22) ? acquisition.unsigned(34) - 1 - middle : middle);
            if (line == buffer.matrix("encodedSpace", "y") / 2 && partition == buffer.matrix("encodedSpace", "z") / 2) {
                centres[acquisition.unsigned(174)]++;
            }
            if (!acquisition.has(20)) {
                images++;
                places.add(List.of(
                        acquisition.unsigned(174),
                        line,
                        partition,
                        acquisition.unsigned(246),
                        acquisition.unsigned(248),
                        acquisition.unsigned(250),
                        acquisition.unsigned(254),
                        acquisition.unsigned(256)));
            }
        }
        assertThat(places).as("no line on top of another").hasSize(images);
        assertThat(centres).as("the middle was measured").doesNotContain(0);
    }

    @Test
    void calibrationLinesAreThereForTheWeights() throws Exception {
        SequencePlan plan = plan("gre2d matrix=24 matrixPhase=48 accelPhase=2 calibrationLines=12");
        Element encoding =
                (Element) header(plan).getElementsByTagName("encoding").item(0);
        assertThat(text(encoding, "parallelImaging", "calibrationMode")).isEqualTo("embedded");
        assertThat(text(encoding, "accelerationFactor", "kspace_encoding_step_1"))
                .isEqualTo("2");
        long calibration = plan.readouts().stream()
                .filter(r -> new Acquisition(r).has(20) || new Acquisition(r).has(21))
                .count();
        assertThat(calibration).isEqualTo(12L * plan.encodings().get(0).slices());
        long onTheGrid =
                plan.readouts().stream().filter(r -> new Acquisition(r).has(21)).count();
        assertThat(onTheGrid).isEqualTo(6L * plan.encodings().get(0).slices());
    }

    private static SequencePlan plan(String description) {
        SystemLimits limits = ScannerProfile.builtIn("ideal").limits().withReceiveChannels(4);
        String[] parts = description.split(" ");
        SequenceBuilder builder = SequenceLibrary.find(parts[0]).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, limits);
        for (int i = 1; i < parts.length; i++) {
            String[] setting = parts[i].split("=");
            protocol = protocol.withText(setting[0], setting[1]);
        }
        assertThat(builder.validate(protocol, limits)).isEmpty();
        return builder.build(protocol, limits, PatientPosition.HFS);
    }

    /** With what the gadgets take for granted. */
    private static Document header(SequencePlan plan) throws Exception {
        Document header = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(
                        new StringReader(MrdHeaderXml.write(VirtualScan.header(plan, GradientHarmonics.NONE)))));
        assertThat(header.getElementsByTagName("measurementInformation").getLength())
                .isEqualTo(1);
        assertThat(header.getElementsByTagName("acquisitionSystemInformation").getLength())
                .isEqualTo(1);
        for (int i = 0; i < header.getElementsByTagName("encoding").getLength(); i++) {
            Buffer buffer =
                    new Buffer((Element) header.getElementsByTagName("encoding").item(i));
            for (String axis : List.of("y", "z")) {
                String step = axis.equals("y") ? "kspace_encoding_step_1" : "kspace_encoding_step_2";
                int first = buffer.limit(step, "minimum") + buffer.offset(axis, step);
                int last = buffer.limit(step, "maximum") + buffer.offset(axis, step);
                assertThat(buffer.matrix("encodedSpace", axis) / 2).isBetween(first, last);
            }
            // Read oversampling is taken off by this ratio.
            double ratio = buffer.extent("encodedSpace") / buffer.extent("reconSpace");
            assertThat((int) (float) (buffer.matrix("encodedSpace", "x") / ratio))
                    .isEqualTo(buffer.matrix("reconSpace", "x"));
            assertThat(text(buffer.encoding, "accelerationFactor", "kspace_encoding_step_1"))
                    .matches("\\d+");
            assertThat(text(buffer.encoding, "parallelImaging", "calibrationMode"))
                    .isNotEmpty();
        }
        return header;
    }

    private static String text(Element within, String element, String child) {
        Element found = (Element) within.getElementsByTagName(element).item(0);
        return found.getElementsByTagName(child).item(0).getTextContent();
    }

    /** Where BucketToBufferGadget puts lines. */
    private record Buffer(Element encoding) {
        int matrix(String space, String axis) {
            Element element = (Element) encoding.getElementsByTagName(space).item(0);
            return Integer.parseInt(text(element, "matrixSize", axis));
        }

        double extent(String space) {
            Element element = (Element) encoding.getElementsByTagName(space).item(0);
            return Double.parseDouble(text(element, "fieldOfView_mm", "x"));
        }

        int limit(String counter, String which) {
            Element limits =
                    (Element) encoding.getElementsByTagName("encodingLimits").item(0);
            return Integer.parseInt(text(limits, counter, which));
        }

        int offset(String axis, String step) {
            return matrix("encodedSpace", axis) / 2 - limit(step, "center");
        }
    }

    /** The bytes of an ACQUISITION message, by the offsets of ISMRMRD's header. */
    private static final class Acquisition {
        private final ByteBuffer bytes;

        Acquisition(ReadoutHeader header) {
            Readout readout = new Readout(header, new float[header.samples()], new float[header.samples()]);
            bytes = ByteBuffer.allocate(MrdMessages.acquisitionBytes(header, 0)).order(ByteOrder.LITTLE_ENDIAN);
            MrdMessages.putAcquisition(readout, bytes);
        }

        int unsigned(int offset) {
            return bytes.getShort(ID_BYTES + offset) & 0xffff;
        }

        boolean has(int flag) {
            return (bytes.getLong(ID_BYTES + 2) & 1L << flag - 1) != 0;
        }
    }
}
