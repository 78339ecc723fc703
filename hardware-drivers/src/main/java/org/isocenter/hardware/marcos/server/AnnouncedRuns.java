package org.isocenter.hardware.marcos.server;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.hardware.marcos.MargaBuffer;

/**
 * Runs one after the other without a pause, and when their receivers make samples. Each run is decoded once when it is added.
 * One thread until it is played.
 */
final class AnnouncedRuns {
    private final MargaBoard start;
    private final MargaBoard board;
    private final ConsoleUnits units;
    private final List<Program> programs = new ArrayList<>();
    private final List<int[]> windowsAfter = new ArrayList<>();
    private final WindowList[] windows = {new WindowList(), new WindowList()};
    private int gates;
    private boolean transmits;
    private long silentUntil;
    private boolean endless;

    /** @param before the board as it is before the first of them; it stays as it is */
    AnnouncedRuns(MargaBoard before, ConsoleUnits units) {
        this.units = units;
        start = new MargaBoard(before, (clock, output, value) -> {}, (receiver, first, count, decimation) -> {});
        board = new MargaBoard(before, this::changed, this::made);
        gates = before.value(MargaBuffer.GATES_LEDS);
    }

    void add(Program program) {
        programs.add(program);
        board.restart();
        long word = 0;
        while (board.state() == Sequencer.State.RUNNING && word < program.endlessFrom()) {
            board.execute(program.word(word++));
        }
        endless |= board.state() != Sequencer.State.HALTED;
        board.advanceReceivers(board.clock());
        for (WindowList list : windows) {
            list.cut();
        }
        windowsAfter.add(new int[] {windows[0].size(), windows[1].size()});
    }

    private void changed(long clock, Output output, int value) {
        if (output == Output.GATES_LEDS) {
            gates = value;
        }
        boolean was = transmits;
        transmits = (gates & MargaBuffer.TX_GATE) != 0 && board.transmitted(units.transmitter()) != 0;
        if (was && !transmits) {
            silentUntil = clock;
        }
    }

    private void made(int receiver, long first, int count, int decimation) {
        int silent = 0;
        if (transmits) {
            silent = count;
        } else if (first - decimation + 1 < silentUntil) {
            silent = (int) Math.min(count, (silentUntil - (first - decimation + 1) + decimation - 1) / decimation);
        }
        if (silent > 0) {
            windows[receiver].add(first, silent, decimation, true);
        }
        if (silent < count) {
            windows[receiver].add(first + (long) silent * decimation, count - silent, decimation, false);
        }
    }

    int runs() {
        return programs.size();
    }

    Program program(int run) {
        return programs.get(run);
    }

    /** The board before the first of them. */
    MargaBoard start() {
        return start;
    }

    /** One of them never ends. */
    boolean endless() {
        return endless;
    }

    /** When the last of them finishes. */
    long endClock() {
        return board.clock();
    }

    WindowList windows(int receiver) {
        return windows[receiver];
    }

    /** The first window of a run. */
    int firstWindow(int receiver, int run) {
        return run == 0 ? 0 : windowsAfter.get(run - 1)[receiver];
    }

    ConsoleUnits units() {
        return units;
    }
}
