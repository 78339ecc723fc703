package org.isocenter.hardware.marcos.server;

import java.util.Arrays;

/** Each receiver hears the transmitter of its number, without mixing or filter: the transmitter's value times 2^16. */
final class Loopback implements SignalSource {
    @Override
    public Run start(MargaBoard before, Program program) {
        SampleQueue[] heard = new SampleQueue[MargaBoard.RECEIVERS];
        Arrays.setAll(heard, i -> new SampleQueue());
        return new Run() {
            @Override
            public void made(int receiver, long first, int count, int decimation, int kept, int transmitted) {
                heard[receiver].add(transmitted << 16, transmitted & 0xffff_0000, kept);
            }

            @Override
            public void deliver(SampleQueue[] fifos, ClientLink link) {
                for (int i = 0; i < fifos.length; i++) {
                    fifos[i].addAll(heard[i], 0, heard[i].size());
                }
            }
        };
    }

    @Override
    public void announce(MargaBoard before, byte[] payload) {}

    @Override
    public void announced() {}

    @Override
    public long computing(int millis) {
        return 0;
    }

    @Override
    public void forget() {}

    @Override
    public String description() {
        return "loopback";
    }

    @Override
    public void close() {}
}
