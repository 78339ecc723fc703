package org.isocenter.recon.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutGroup;
import org.isocenter.model.ReadoutHeader;
import org.junit.jupiter.api.Test;

class SliceBySliceTest {
    @Test
    void interleavedSlicesAreSentOneAfterTheOther() {
        RawData raw = whole(readouts(0, 1, 2, 0, 1, 2, 0, 1, 2));

        assertThat(sent(raw, new SliceBySlice(raw), true)).containsExactly(0, 3, 6, 1, 4, 7, 2, 5, 8);
    }

    @Test
    void whileTheScanRunsOnlyTheOpenSliceIsSent() {
        List<Readout> readouts = readouts(0, 1, 0, 1, 0, 1);
        RawData raw = new RawData(Scans.header("2D", 2), 6);
        SliceBySlice order = new SliceBySlice(raw);
        readouts.subList(0, 3).forEach(raw::append);
        assertThat(sent(raw, order, false)).containsExactly(0, 2);
        readouts.subList(3, 5).forEach(raw::append);
        assertThat(sent(raw, order, false)).containsExactly(4, 1, 3);
        raw.append(readouts.get(5));
        assertThat(sent(raw, order, true)).containsExactly(5);
        assertThat(order.count()).isEqualTo(6);
    }

    @Test
    void aScanThatWasCutShortIsSentAsFarAsItWent() {
        RawData raw = whole(readouts(0, 1, 0, 1, 0, 1).subList(0, 4));

        assertThat(sent(raw, new SliceBySlice(raw), true)).containsExactly(0, 2, 1, 3);
    }

    @Test
    void whatHasNoMarksIsSentAsItWasMeasured() {
        RawData raw = whole(readouts(0, 1, 0, 1).stream()
                .map(readout -> new Readout(readout.header().withFlags(0), readout.real(), readout.imaginary()))
                .toList());

        assertThat(sent(raw, new SliceBySlice(raw), false)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void noiseBeforeTheScanIsSentFirst() {
        List<Readout> readouts = new ArrayList<>();
        readouts.add(new Readout(header(0, 2, AcquisitionFlags.NOISE_MEASUREMENT), new float[2], new float[2]));
        readouts.addAll(readouts(1, 0, 1, 0));
        RawData raw = whole(readouts);

        assertThat(sent(raw, new SliceBySlice(raw), true)).containsExactly(0, 1, 3, 2, 4);
    }

    private static List<Integer> sent(RawData raw, SliceBySlice order, boolean ended) {
        List<Integer> sent = new ArrayList<>();
        for (int next = order.next(raw.size(), ended); next >= 0; next = order.next(raw.size(), ended)) {
            order.sent(next);
            sent.add(next);
        }
        return sent;
    }

    private static RawData whole(List<Readout> readouts) {
        return RawData.of(Scans.header("2D", 3), readouts);
    }

    /** Marked as a scan's are. */
    private static List<Readout> readouts(int... slices) {
        List<ReadoutHeader> headers = new ArrayList<>();
        for (int slice : slices) {
            headers.add(header(headers.size(), slice, 0));
        }
        return ReadoutGroup.marked(headers).stream()
                .map(header -> new Readout(header, new float[2], new float[2]))
                .toList();
    }

    private static ReadoutHeader header(int number, int slice, long flags) {
        EncodingCounters counters = new EncodingCounters(number, 0, 0, slice, 0, 0, 0, 0, 0);
        return new ReadoutHeader(number, flags, counters, 2, 1, 1, 0, 0, 1e-5, 0, 0, EncodingGeometry.AXIAL);
    }
}
