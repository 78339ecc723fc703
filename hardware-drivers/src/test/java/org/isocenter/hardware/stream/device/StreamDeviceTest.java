package org.isocenter.hardware.stream.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.emulate.ListenAddress;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.stream.DeviceState;
import org.isocenter.hardware.stream.DeviceStatus;
import org.isocenter.hardware.stream.FrameType;
import org.isocenter.hardware.stream.FrameWriter;
import org.isocenter.hardware.stream.Hello;
import org.isocenter.hardware.stream.Over;
import org.isocenter.hardware.stream.RawHost;
import org.isocenter.hardware.stream.ReadoutHeader;
import org.isocenter.hardware.stream.Reason;
import org.isocenter.hardware.stream.Refused;
import org.isocenter.hardware.stream.Reject;
import org.isocenter.hardware.stream.Welcome;
import org.isocenter.hardware.virtual.OutputState;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventTable;
import org.isocenter.sequence.compile.TimedEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The states of {@code docs/event-stream.md}, one by one, at a device that simulates nothing. */
@Timeout(60)
class StreamDeviceTest {
    private static final EventTable TABLE = LibraryTables.table("gre2d", 8, "osi2one");

    @Test
    void aTableIsPlayedToItsEndWithAllItsReadouts() throws Exception {
        try (MemoryDevice device = new MemoryDevice("load=null");
                RawHost host = new RawHost(device.host())) {
            Welcome welcome = host.hello(7);
            assertThat(welcome.state()).isEqualTo(DeviceState.IDLE);
            host.table(TABLE);
            host.send(FrameType.START, payload -> {});
            for (int i = 0; i < TABLE.adcWindows(); i++) {
                assertThat(host.await(ReadoutHeader.class).index()).isEqualTo(i);
            }
            Over over = host.await(Over.class);
            assertThat(over.reason()).isEqualTo(Reason.COMPLETED);
            assertThat(over.windows()).isEqualTo(TABLE.adcWindows());
            assertThat(over.tick()).isEqualTo(TABLE.durationTicks());
            assertThat(device.state()).isEqualTo(DeviceState.IDLE);
        }
    }

    @Test
    void fourZerosStopWhatIsArmedAndOnlyClearLeadsBack() throws Exception {
        try (MemoryDevice device = new MemoryDevice("load=null");
                RawHost host = new RawHost(device.host())) {
            host.hello(7);
            host.table(TABLE);
            host.await(DeviceStatus.class, status -> status.state() == DeviceState.ARMED);
            host.abort();
            assertThat(host.await(Over.class).reason()).isEqualTo(Reason.ABORT);
            assertThat(device.state()).isEqualTo(DeviceState.STOPPED);
            assertThat(device.outputs()).isEqualTo(OutputState.SAFE);
            host.table(TABLE);
            assertThat(host.await(Refused.class).type()).isEqualTo(FrameType.ARM);
            host.send(FrameType.CLEAR, payload -> payload.u32(0));
            host.await(DeviceStatus.class, status -> status.state() == DeviceState.IDLE);
        }
    }

    @Test
    void aHelloThatWasReadBeforeItsLinkWasLostLeavesNobodyBusy() throws Exception {
        try (MemoryDevice device = new MemoryDevice("load=null")) {
            FrameWriter hello = new FrameWriter(512);
            new Hello(Hello.VERSION, Hello.VERSION, false, 0, 512, 512, "gone").write(hello);
            device.readOnALostLink(hello.end(7, 0));
            try (RawHost host = new RawHost(device.host())) {
                assertThat(host.hello(8).state()).isEqualTo(DeviceState.IDLE);
            }
        }
    }

    @Test
    void aSessionKeepsOthersOutUntilItsHostHasGone() throws Exception {
        try (MemoryDevice device = new MemoryDevice("load=null")) {
            try (RawHost first = new RawHost(device.host());
                    RawHost second = new RawHost(device.host())) {
                first.hello(7);
                second.send(
                        FrameType.HELLO,
                        payload ->
                                new Hello(Hello.VERSION, Hello.VERSION, false, 0, 512, 512, "second").write(payload));
                assertThat(second.await(Reject.class)).isEqualTo(new Reject(Reject.Code.BUSY, "raw host"));
            }
            while (!device.deserted()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            try (RawHost third = new RawHost(device.host())) {
                assertThat(third.hello(8).state()).isEqualTo(DeviceState.IDLE);
            }
        }
    }

    @Test
    void withoutHeartbeatsTheDeviceMakesItselfSafe() throws Exception {
        try (MemoryDevice device = new MemoryDevice("phantom=tubes&noise=0&pace=real&deadman=200");
                RawHost host = new RawHost(device.host())) {
            host.hello(7);
            host.table(LibraryTables.table("gre2d", 64, "osi2one"));
            host.send(FrameType.START, payload -> {});
            host.await(DeviceStatus.class, status -> status.state() == DeviceState.RUNNING);
            Over over = host.await(Over.class);
            assertThat(over.reason()).isEqualTo(Reason.DEAD_MAN);
            assertThat(device.state()).isEqualTo(DeviceState.STOPPED);
            assertThat(device.outputs()).isEqualTo(OutputState.SAFE);
            assertThat(device.playing()).isFalse();
        }
    }

    @Test
    void aTableIsRefusedWhileTheOneBeforeIsStillBeingWoundUp() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (MemoryDevice device = new MemoryDevice("load=null", address -> new Reluctant(address, begun, end));
                RawHost host = new RawHost(device.host())) {
            host.hello(7);
            host.table(TABLE);
            host.send(FrameType.START, payload -> {});
            // An abort that comes before it would leave nothing to be wound up.
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            host.abort();
            host.await(DeviceStatus.class, status -> status.state() == DeviceState.STOPPED);
            host.send(FrameType.CLEAR, payload -> payload.u32(0));
            host.table(TABLE);
            Refused refused = host.await(Refused.class);
            assertThat(refused.type()).isEqualTo(FrameType.ARM);
            assertThat(refused.text()).contains("wound up");
            end.countDown();
            host.await(Over.class);
            host.table(TABLE);
            host.await(DeviceStatus.class, status -> status.state() == DeviceState.ARMED);
        }
    }

    /** Ends no table before it may. */
    private record Reluctant(Playback playback, CountDownLatch begun, CountDownLatch end) implements Playback {
        Reluctant(ListenAddress address, CountDownLatch begun, CountDownLatch end) throws ScannerException {
            this(Playback.open(address, DeviceOptions.OWN), begun, end);
        }

        @Override
        public RunOutcome play(TimedEvents events, ReadoutSink sink) throws ScannerException, IOException {
            begun.countDown();
            for (boolean waiting = true; waiting; ) {
                try {
                    end.await();
                    waiting = false;
                } catch (InterruptedException e) {
                    // An abort, which this one does not heed.
                }
            }
            return RunOutcome.ABORTED;
        }

        @Override
        public boolean needsTheWhole() {
            return playback.needsTheWhole();
        }

        @Override
        public void abort() {
            playback.abort();
        }

        @Override
        public OutputState outputs() {
            return playback.outputs();
        }

        @Override
        public SystemLimits limits() {
            return playback.limits();
        }

        @Override
        public String description() {
            return playback.description();
        }

        @Override
        public void close() {
            end.countDown();
            playback.close();
        }
    }

    @Test
    void anInterlockNeedsToBeNamedAndItsCauseToBeGone() throws Exception {
        try (MemoryDevice device = new MemoryDevice("load=null");
                RawHost host = new RawHost(device.host())) {
            host.hello(7);
            device.trip(Interlock.Kind.DOOR, true);
            int door = 1 << Interlock.Kind.DOOR.ordinal();
            DeviceStatus status = host.await(DeviceStatus.class, s -> s.state() == DeviceState.INTERLOCK);
            assertThat(status.interlocks()).isEqualTo(door);
            host.table(TABLE);
            assertThat(host.await(Refused.class).reason()).isEqualTo(Reason.INTERLOCK);
            host.send(FrameType.CLEAR, payload -> payload.u32(door));
            assertThat(host.await(Refused.class).text()).contains("still");
            device.trip(Interlock.Kind.DOOR, false);
            host.send(FrameType.CLEAR, payload -> payload.u32(0));
            host.await(DeviceStatus.class, s -> s.interlocks() == door);
            assertThat(device.state()).isEqualTo(DeviceState.INTERLOCK);
            host.send(FrameType.CLEAR, payload -> payload.u32(door));
            host.await(DeviceStatus.class, s -> s.state() == DeviceState.IDLE);
        }
    }
}
