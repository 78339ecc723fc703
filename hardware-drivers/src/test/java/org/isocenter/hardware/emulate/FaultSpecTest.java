package org.isocenter.hardware.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.emulate.FaultSpec.Kind;
import org.isocenter.hardware.emulate.FaultSpec.Moment;
import org.isocenter.hardware.transport.MemoryTransport;
import org.isocenter.hardware.transport.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultSpecTest {
    @ParameterizedTest
    @CsvSource({
        "delay:50ms,            DELAY,     50,   ,    ALWAYS,  0",
        "delay:2s@readout=3,    DELAY,     2000, ,    READOUT, 3",
        "split,                 SPLIT,     1,    ,    ALWAYS,  0",
        "split:7,               SPLIT,     7,    ,    ALWAYS,  0",
        "coalesce,              COALESCE,  20,   ,    ALWAYS,  0",
        "corrupt@byte=0,        CORRUPT,   0,    ,    BYTE,    0",
        "cut@byte=123456789012, CUT,       0,    ,    BYTE,    123456789012",
        "silence@start,         SILENCE,   0,    ,    RUN,     0",
        "fifo-full@readout=5,   FIFO_FULL, 0,    ,    READOUT, 5",
        "overrun@run=2,         OVERRUN,   0,    ,    RUN,     2",
        "clip@readout=0,        CLIP,      0,    ,    READOUT, 0",
        "reset@start,           RESET,     0,    ,    RUN,     0",
        "interlock:door@run=1,  INTERLOCK, 0,    DOOR, RUN,     1",
    })
    void allThatCanBeAskedForIsUnderstood(
            String text, Kind kind, int amount, Interlock.Kind interlock, Moment moment, long count) {
        assertThat(FaultSpec.parse(text)).isEqualTo(new FaultSpec(kind, amount, interlock, moment, count));
    }

    @ParameterizedTest
    @CsvSource({
        "melt@readout=1,    'there are delay, split, coalesce, corrupt, cut, silence, fifo-full, overrun, clip, reset, interlock'",
        "cut@lunch,         'there are byte=N, readout=N, run=N, start'",
        "cut,               say when",
        "cut@byte,          whole number",
        "cut@byte=-1,       whole number",
        "cut@readout=x,     whole number",
        "delay:50,          50ms",
        "delay,             50ms",
        "delay:99s,         out of range",
        "split:0,           split:7",
        "reset:now@start,   takes no value",
        "reset@byte=4,      does not happen at a byte",
        "interlock@start,   interlock:door",
        "interlock:x@start, 'emergency-stop, patient, door'",
        "'',                no kind",
    })
    void whatCannotBeIsRefusedWithWhatThereIs(String text, String answer) {
        assertThatThrownBy(() -> FaultSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining(answer);
    }

    @Test
    void aFaultOfTheDeviceStrikesOnce() {
        Faults faults = new Faults(List.of(FaultSpec.parse("reset@readout=2")));
        assertThat(faults.at(Moment.READOUT, 1)).isEmpty();
        assertThat(faults.at(Moment.RUN, 2)).isEmpty();
        assertThat(faults.at(Moment.READOUT, 2)).containsExactly(FaultSpec.parse("reset@readout=2"));
        assertThat(faults.at(Moment.READOUT, 2)).isEmpty();
    }

    @Test
    void aLinkIsCutOnceAtItsByteHoweverManyConnectionsThereAre() throws Exception {
        Faults faults = new Faults(List.of(FaultSpec.parse("cut@byte=2")));
        send(faults, 2);
        assertThatThrownBy(() -> send(faults, 3)).hasMessageContaining("cut");
        send(faults, 3);
    }

    @Test
    void aLinkIsCutBeforeTheReadout() throws Exception {
        Faults faults = new Faults(List.of(FaultSpec.parse("cut@readout=1")));
        Transport link = faults.on(MemoryTransport.pair("link", 10).near());
        assertThat(faults.at(Moment.READOUT, 0)).isEmpty();
        link.write(new byte[1], 0, 1, 0);
        assertThat(faults.at(Moment.READOUT, 1)).isEmpty();
        assertThatThrownBy(() -> link.write(new byte[1], 0, 1, 0)).hasMessageContaining("cut");
    }

    private static void send(Faults faults, int bytes) throws IOException {
        Transport link = faults.on(MemoryTransport.pair("link", 10).near());
        link.write(new byte[bytes], 0, bytes, 0);
        link.close();
    }
}
