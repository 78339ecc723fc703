package org.isocenter.hardware.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.isocenter.hardware.EventGuard;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.hardware.SequencerCheck;
import org.isocenter.hardware.SequencerLimits;
import org.isocenter.hardware.transport.MemoryTransport;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run makes of a link and a device that do the wrong thing at just the wrong moment. */
@Timeout(30)
class StreamRunTest {
    private static final EventTable TABLE = LibraryTables.lines(4);

    private final List<Integer> kept = new ArrayList<>();
    private final ReadoutSink sink = (index, channels, samples, real, imaginary) -> kept.add(index);

    private static void sendReadout(RawDevice device, int index) {
        device.sendReadout(index, new float[TABLE.maxSamplesPerWindow()], new float[TABLE.maxSamplesPerWindow()]);
    }

    @Test
    void aLinkThatFailedJustBeforeTheRunBeganIsFoundOut() throws Exception {
        try (RawDevice device = new RawDevice((self, frame) -> {})) {
            Transport near = device.plugIn();
            Dialer dialer = MemoryScanners.dialer(() -> near, false);
            DeviceLink link = DeviceLink.open(dialer, 7, null, new DeviceLink.Listener() {
                @Override
                public void numbered(Frame frame) {
                    throw new AssertionError(frame);
                }

                @Override
                public void status(DeviceStatus status) {
                    assertThat(status.state()).isEqualTo(DeviceState.IDLE);
                }
            });
            near.close();
            assertThatThrownBy(() -> link.await(() -> false, 10_000)).isInstanceOf(ScannerException.class);

            TableHeader header = TableHeader.of(TABLE, TABLE.limits().larmorHertz());
            StreamRun run = new StreamRun("memory", link, header, new WindowDemodulator(TABLE, false), sink, lost -> {
                throw new ScannerException(Kind.LINK_LOST, "memory", "nobody is there");
            });
            TableSender sender = new TableSender(
                    link.exchange(),
                    header,
                    new SequencerCheck(TABLE, SequencerLimits.NONE, "memory"),
                    new EventGuard(TABLE, TABLE.limits(), "memory"),
                    link.largest(),
                    1 << 20);
            assertThatThrownBy(() -> run.play(sender))
                    .asInstanceOf(type(ScannerException.class))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.LINK_LOST));
        }
    }

    @Test
    void aTableThatIsRefusedAfterTheLinkCameBackFailedForTheLink() throws Exception {
        AtomicInteger arms = new AtomicInteger();
        try (RawDevice device = new RawDevice((self, frame) -> {
                    if (frame.type() == FrameType.CLEAR && arms.get() == 0) {
                        throw new EOFException("cut before the table");
                    }
                    if (frame.type() == FrameType.ARM) {
                        arms.incrementAndGet();
                        Refused refused = Refused.of(frame, Reason.TABLE, "not now");
                        self.send(refused::write);
                    }
                });
                Scanner scanner = MemoryScanners.open(device::plugIn)) {
            assertThatThrownBy(() -> scanner.run(TABLE, sink))
                    .asInstanceOf(type(ScannerException.class))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.LINK_LOST))
                    .satisfies(e -> assertThat(e).hasMessageContaining("did not begin (not now)"));
            assertThat(arms).hasValue(1);
        }
    }

    @Test
    void aTableThatComesWholeOnlyAfterTheLinkCameBackIsStopped() throws Exception {
        AtomicInteger clears = new AtomicInteger();
        RawDevice.Script script = new RawDevice.Script() {
            @Override
            public void frame(RawDevice self, Frame frame) throws IOException {
                if (frame.type() == FrameType.CLEAR && clears.incrementAndGet() == 1) {
                    throw new EOFException("cut before the table");
                }
                if (frame.type() == FrameType.ARM) {
                    self.enter(DeviceState.ARMED);
                }
            }

            @Override
            public void abort(RawDevice self) {
                self.enter(DeviceState.STOPPED);
                self.send(new Over(Reason.ABORT, 0, 0, "")::write);
            }
        };
        try (RawDevice device = new RawDevice(script);
                Scanner scanner = MemoryScanners.open(device::plugIn)) {
            assertThatThrownBy(() -> scanner.run(TABLE, sink))
                    .asInstanceOf(type(ScannerException.class))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.LINK_LOST))
                    .satisfies(e -> assertThat(e).hasMessageContaining("the device has stopped"));
        }
    }

    @Test
    void whatADeviceHadMeasuredBeforeAFailureIsKept() throws Exception {
        RawDevice.Script script = new RawDevice.Script() {
            @Override
            public void frame(RawDevice self, Frame frame) {
                if (frame.type() == FrameType.ARM) {
                    self.enter(DeviceState.RUNNING);
                } else if (frame.type() == FrameType.START) {
                    sendReadout(self, 0);
                    self.send(Refused.of(frame, Reason.FAULT, "no such thing")::write);
                }
            }

            @Override
            public void abort(RawDevice self) {
                sendReadout(self, 1);
                self.enter(DeviceState.STOPPED);
                self.send(new Over(Reason.ABORT, 2, 9, "")::write);
            }
        };
        try (RawDevice device = new RawDevice(script);
                Scanner scanner = MemoryScanners.open(device::plugIn)) {
            assertThatThrownBy(() -> scanner.run(TABLE, sink))
                    .asInstanceOf(type(ScannerException.class))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
            assertThat(kept).containsExactly(0, 1);
        }
    }

    @Test
    void aSinkThatFailedIsAskedNoMore() throws Exception {
        RawDevice.Script script = new RawDevice.Script() {
            @Override
            public void frame(RawDevice self, Frame frame) {
                if (frame.type() == FrameType.ARM) {
                    self.enter(DeviceState.RUNNING);
                } else if (frame.type() == FrameType.START) {
                    sendReadout(self, 0);
                    sendReadout(self, 1);
                }
            }

            @Override
            public void abort(RawDevice self) {
                self.enter(DeviceState.STOPPED);
                self.send(new Over(Reason.ABORT, 2, 9, "")::write);
            }
        };
        try (RawDevice device = new RawDevice(script);
                Scanner scanner = MemoryScanners.open(device::plugIn)) {
            assertThatThrownBy(() -> scanner.run(TABLE, (index, channels, samples, re, im) -> {
                        kept.add(index);
                        throw new IOException("the disk is full");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the disk is full");
            assertThat(kept).containsExactly(0);
        }
    }

    @Test
    void aDeviceThatStaysSilentIsGivenUpAndSaidToMakeItselfSafe() throws Exception {
        AtomicInteger links = new AtomicInteger();
        try (RawDevice device = new RawDevice((self, frame) -> {
                    if (frame.type() == FrameType.ARM) {
                        throw new EOFException("cut");
                    }
                });
                Scanner scanner = MemoryScanners.open(() -> links.incrementAndGet() == 1
                        ? device.plugIn()
                        : MemoryTransport.pair("memory", 1 << 16).near())) {
            assertThatThrownBy(() -> scanner.run(TABLE, sink))
                    .asInstanceOf(type(ScannerException.class))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.LINK_LOST))
                    .satisfies(e -> assertThat(e).hasMessageContaining("it makes itself safe within 5000 ms"));
        }
    }
}
