package org.isocenter.hardware.instrument;

import java.util.List;
import java.util.function.Function;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.transport.MemoryTransport;
import org.isocenter.hardware.transport.Transport;

/** An instrument and the emulated device at the other end of its link. */
record Bench<D extends EmulatedInstrument>(Instrument instrument, D device) implements AutoCloseable {
    /** Shortens the waits for answers that never come. */
    static final double PATIENCE = 0.3;

    /** A kind of device, as tests make it. */
    record Kind<D extends EmulatedInstrument>(String scheme, Class<D> type, Function<Transport, D> maker) {
        D at(Transport link) {
            return maker.apply(link).started(type);
        }

        Bench<D> open(double patience) throws ScannerException {
            MemoryTransport.Pair link = MemoryTransport.pair(scheme, 8192);
            D device = at(link.far());
            return new Bench<>(Instruments.open(scheme, link.near(), patience), device);
        }

        Bench<D> open() throws ScannerException {
            return open(PATIENCE);
        }

        @Override
        public String toString() {
            return scheme + " " + type.getSimpleName();
        }
    }

    static final Kind<EmulatedNanoVna> NANO_VNA =
            new Kind<>("nanovna", EmulatedNanoVna.class, link -> new EmulatedNanoVna(link, "NanoVNA-H 4"));
    static final Kind<EmulatedNanoVnaV2> NANO_VNA_V2 =
            new Kind<>("nanovna", EmulatedNanoVnaV2.class, link -> new EmulatedNanoVnaV2(link, 1, 2));
    static final Kind<EmulatedLibreVna> LIBRE_VNA =
            new Kind<>("librevna", EmulatedLibreVna.class, EmulatedLibreVna::new);
    static final Kind<EmulatedMargeBoard> TUNER =
            new Kind<>("marge-tuner", EmulatedMargeBoard.class, link -> new EmulatedMargeBoard(link, 17));
    static final Kind<EmulatedMargeBoard> ATTENUATOR =
            new Kind<>("marge-attenuator", EmulatedMargeBoard.class, link -> new EmulatedMargeBoard(link, 6));
    static final Kind<EmulatedBarthelBridge> BRIDGE =
            new Kind<>("barthel", EmulatedBarthelBridge.class, EmulatedBarthelBridge::new);
    static final Kind<EmulatedSarMonitor> SAR =
            new Kind<>("relax-sar", EmulatedSarMonitor.class, EmulatedSarMonitor::new);
    static final Kind<EmulatedShims> SHIMS = new Kind<>("triumf-shim", EmulatedShims.class, EmulatedShims::new);
    static final Kind<EmulatedTable> TABLE = new Kind<>("relax-table", EmulatedTable.class, EmulatedTable::new);

    static final List<Kind<?>> KINDS =
            List.of(NANO_VNA, NANO_VNA_V2, LIBRE_VNA, TUNER, ATTENUATOR, BRIDGE, SAR, SHIMS, TABLE);

    <I> I as(Class<I> type) {
        return type.cast(instrument);
    }

    @Override
    public void close() {
        instrument.close();
        device.close();
    }
}
