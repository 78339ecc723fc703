package org.isocenter.hardware.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.Emulators;
import org.isocenter.hardware.emulate.FaultSpec;
import org.isocenter.hardware.stream.MemoryScanners;
import org.isocenter.hardware.stream.device.MemoryDevice;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.hardware.virtual.OutputState;

/** A driver and the emulated device behind one kind of link. */
interface Rig extends AutoCloseable {
    Scanner connect() throws ScannerException;

    OutputState outputs();

    @Override
    void close();

    /** Waits until the outputs are safe; fails when they are not after a generous time. */
    default void awaitSafe() throws InterruptedException {
        long begin = System.nanoTime();
        while (!outputs().equals(OutputState.SAFE) && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(10)) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        assertThat(outputs()).isEqualTo(OutputState.SAFE);
    }

    static Rig at(String address, String... faults) throws Exception {
        List<FaultSpec> specs = List.of(faults).stream().map(FaultSpec::parse).toList();
        Emulator emulator = Emulators.listen(URI.create(address), specs);
        Thread server = new Thread(() -> {
            try {
                emulator.serve();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        server.setDaemon(true);
        server.start();
        return new Rig() {
            @Override
            public Scanner connect() throws ScannerException {
                return Scanners.open(emulator.address());
            }

            @Override
            public OutputState outputs() {
                return emulator.outputs();
            }

            @Override
            public void close() {
                emulator.close();
            }
        };
    }

    /** @param hostsEnd what lies between the driver and the link */
    static Rig inMemory(UnaryOperator<Transport> hostsEnd, String options, String... faults) throws Exception {
        MemoryDevice device = new MemoryDevice(options, faults);
        return new Rig() {
            @Override
            public Scanner connect() throws ScannerException {
                return MemoryScanners.open(() -> hostsEnd.apply(device.host()));
            }

            @Override
            public OutputState outputs() {
                return device.outputs();
            }

            @Override
            public void close() {
                device.close();
            }
        };
    }
}
