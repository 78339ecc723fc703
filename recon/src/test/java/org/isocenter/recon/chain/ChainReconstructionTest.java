package org.isocenter.recon.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;
import org.isocenter.recon.Reconstruction.Result;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.stack.Stack;
import org.junit.jupiter.api.Test;

/** With steps that do next to nothing: images of one line of two pixels, which are its first two samples. */
class ChainReconstructionTest {
    private static final int CHANNELS = 3;

    /** Hands out the samples as if they were the image; remembers how many channels were asked for at a time. */
    private static final class FirstSamples implements ReadoutStep {
        private final boolean channelByChannel;
        private final List<Integer> asked = new ArrayList<>();

        FirstSamples(boolean channelByChannel) {
            this.channelByChannel = channelByChannel;
        }

        @Override
        public boolean isChannelByChannel() {
            return channelByChannel;
        }

        @Override
        public List<SlabSource> open(List<Stack> stacks, ChainContext context) {
            return stacks.stream().map(this::source).toList();
        }

        private SlabSource source(Stack stack) {
            return new SlabSource() {
                @Override
                public Stack stack() {
                    return stack;
                }

                @Override
                public SlabData slab(int slab, int first, int channels, ChainContext context) {
                    synchronized (asked) {
                        asked.add(channels);
                    }
                    context.notes().add("slab " + slab);
                    Readout readout = stack.slabs().get(slab).readouts().get(0);
                    ChannelGrid values = new ChannelGrid(channels, 2, 1, 1);
                    for (int c = 0; c < channels; c++) {
                        System.arraycopy(readout.real(), 2 * (first + c), values.real(c), 0, 2);
                        System.arraycopy(readout.imaginary(), 2 * (first + c), values.imaginary(c), 0, 2);
                    }
                    return new SlabData(
                            values,
                            SlabData.Domain.IMAGE,
                            Sampling.NONE,
                            null,
                            stack.encoding(),
                            readout.header().geometry(),
                            first);
                }
            };
        }
    }

    /** The plain sum of the channels. */
    private static final class Sum implements ChannelSum {
        @Override
        public void add(ChannelGrid values, int channel, ChannelGrid sum) {
            for (int i = 0; i < sum.points(); i++) {
                sum.real(0)[i] += values.real(channel)[i];
                sum.imaginary(0)[i] += values.imaginary(channel)[i];
            }
        }

        @Override
        public void finish(ChannelGrid sum) {
            sum.real(0)[0] += 100;
        }
    }

    private static SlabStep doubled(boolean channelByChannel) {
        return new SlabStep() {
            @Override
            public boolean isChannelByChannel() {
                return channelByChannel;
            }

            @Override
            public SlabData apply(SlabData slab, ChainContext context) {
                for (int c = 0; c < slab.values().channels(); c++) {
                    slab.values().real(c)[0] *= 2;
                }
                return slab;
            }
        };
    }

    @Test
    void channelsComeOneByOneAsLongAsNoStepNeedsThemTogether() {
        FirstSamples one = new FirstSamples(true);
        Result apart = run(scan(1), StepType.readout("read", "", v -> one), slab(doubled(true)), slab(new Sum()));
        FirstSamples all = new FirstSamples(true);
        Result together = run(scan(1), StepType.readout("read", "", v -> all), slab(doubled(false)), slab(new Sum()));

        assertThat(one.asked).containsExactly(1, 1, 1);
        assertThat(all.asked).containsExactly(CHANNELS);
        // 2·(1 + 2 + 3) + 100 and -(1 + 2 + 3)
        assertThat(apart.complex().get(0).real(0)).containsExactly(112, -6);
        assertThat(together.complex().get(0).real(0)).containsExactly(112, -6);
        assertThat(apart.volumes().get(0).pixels()).containsExactly(112, 6);
    }

    @Test
    void aReadoutStepThatNeedsAllChannelsGetsThem() {
        FirstSamples all = new FirstSamples(false);
        run(scan(1), StepType.readout("read", "", v -> all), slab(new Sum()));
        assertThat(all.asked).containsExactly(CHANNELS);
    }

    @Test
    void slicesBecomeOneVolumeInOrderAndTheirNotesToo() {
        Result result = run(scan(4), StepType.readout("read", "", v -> new FirstSamples(true)), slab(new Sum()));
        assertThat(result.volumes()).hasSize(1);
        assertThat(result.volumes().get(0).slices()).isEqualTo(4);
        assertThat(result.volumes().get(0).pixels()).containsExactly(106, 6, 136, 36, 166, 66, 196, 96);
        assertThat(result.notes()).containsExactly("slab 0", "slab 1", "slab 2", "slab 3");
    }

    @Test
    void theRecordNamesEveryStepWithEveryParameter() {
        StepType scale = StepType.volume(
                "scale", "", values -> (volumes, context) -> volumes, StepParameter.count("by", 2, 1, 9, ""));
        Result result = run(scan(1), StepType.readout("read", "", v -> new FirstSamples(true)), slab(new Sum()), scale);
        assertThat(result.chains()).hasSize(1);
        assertThat(result.chains().get(0).steps())
                .extracting(step -> step.name() + step.parameters())
                .containsExactly("read{}", "slab{}", "scale{by=2}");
    }

    @Test
    void itStopsBetweenStepsWhenNobodyWantsTheResult() {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        StepType counting = StepType.volume("count", "", values -> (volumes, context) -> {
            done.incrementAndGet();
            return volumes;
        });
        ChainReconstruction reconstruction = new ChainReconstruction(
                chain(StepType.readout("read", "", v -> new FirstSamples(true)), slab(new Sum()), counting));

        assertThatThrownBy(() -> reconstruction.reconstruct(scan(3), () -> asked.incrementAndGet() > 2))
                .isInstanceOf(CancellationException.class);
        assertThat(done).hasValue(0);
        reconstruction.reconstruct(scan(3));
        assertThat(done).hasValue(1);
    }

    @Test
    void aChainThatEndsInKSpaceSaysWhatIsMissing() {
        SlabStep back = (slab, context) -> new SlabData(
                slab.values(), SlabData.Domain.KSPACE, slab.sampling(), null, slab.encoding(), slab.geometry(), 0);
        assertThatThrownBy(() -> run(scan(1), StepType.readout("read", "", v -> new FirstSamples(true)), slab(back)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the chain ends in k-space: it needs a step that transforms to an image");
    }

    @Test
    void linesForCalibrationOnlyBelongToTheirSlice() {
        List<Stack> seen = new ArrayList<>();
        FirstSamples samples = new FirstSamples(true);
        ReadoutStep looking = new ReadoutStep() {
            @Override
            public List<SlabSource> open(List<Stack> stacks, ChainContext context) {
                seen.addAll(stacks);
                return samples.open(stacks, context);
            }
        };
        RawData scan = scan(2);
        List<Readout> readouts = new ArrayList<>(List.of(scan.readout(0), scan.readout(1)));
        readouts.add(line(1, AcquisitionFlags.PARALLEL_CALIBRATION));
        run(RawData.of(scan.header(), readouts), StepType.readout("read", "", v -> looking), slab(new Sum()));

        assertThat(seen.get(0).slabs().get(0).calibration()).isEmpty();
        assertThat(seen.get(0).slabs().get(1).calibration()).containsExactly(readouts.get(2));
        assertThat(seen.get(0).slabs().get(1).readouts()).containsExactly(readouts.get(1));
    }

    private static StepType slab(SlabStep step) {
        return StepType.slab("slab", "", values -> step);
    }

    private static Chain chain(StepType... types) {
        return new Chain(
                "test",
                "",
                Arrays.stream(types).map(type -> type.with(Map.of())).toList());
    }

    private static Result run(RawData raw, StepType... types) {
        return new ChainReconstruction(chain(types)).reconstruct(raw);
    }

    /** Slice s, channel c has the samples 10·s + c + 1 and minus that. */
    private static RawData scan(int slices) {
        Vec3 fov = new Vec3(0.2, 0.1, 5e-3);
        Encoding encoding = new Encoding(
                2,
                1,
                1,
                fov,
                2,
                1,
                1,
                fov,
                EncodingLimits.NONE,
                EncodingLimits.NONE,
                slices,
                1,
                1,
                1,
                5e-3,
                Encoding.Trajectory.CARTESIAN,
                1);
        Study study = new Study("", "", "", "", "", "", null, Patient.UNKNOWN, PatientPosition.HFS, "", true);
        ScannerInfo scanner = new ScannerInfo("", "", "", "", "", "", 0.05, 2.1e6, 1, "");
        SequenceParameters sequence = new SequenceParameters(
                "", List.of(), List.of(), "2D", Double.NaN, List.of(), Double.NaN, Double.NaN, 1, 1, 4e-3, 1e-5);
        ScanHeader header = new ScanHeader("test", "", null, study, scanner, sequence, List.of(encoding), Map.of());
        List<Readout> readouts = new ArrayList<>();
        for (int slice = 0; slice < slices; slice++) {
            readouts.add(line(slice, 0));
        }
        return RawData.of(header, readouts);
    }

    private static Readout line(int slice, long flags) {
        float[] real = new float[2 * CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            real[2 * c] = 10 * slice + c + 1;
            real[2 * c + 1] = -real[2 * c];
        }
        EncodingGeometry geometry = EncodingGeometry.AXIAL.centredAt(new Vec3(0, 0, slice * 5e-3));
        EncodingCounters counters = new EncodingCounters(0, 0, 0, slice, 0, 0, 0, 0, 0);
        return new Readout(
                new ReadoutHeader(slice, flags, counters, 2, CHANNELS, 1, 0, 0, 1e-5, 0, 0, geometry),
                real,
                new float[2 * CHANNELS]);
    }
}
