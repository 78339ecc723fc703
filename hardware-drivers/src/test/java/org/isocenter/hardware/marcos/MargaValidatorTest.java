package org.isocenter.hardware.marcos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.hardware.UncompilableTableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that the server would play without a word. */
class MargaValidatorTest {
    private static final MargaSettings SETTINGS = new MargaSettings(GradientBoard.OCRA1, 19, 2e6, 5e3, 6e5);
    private static final int TX = 0x8500_0000;
    private static final int WAIT_100 = 0x0200_0064;
    private static final int FINISH = 0x0100_0000;

    private static int[] program(String changes) {
        List<Integer> words = new ArrayList<>();
        for (int buffer = 16; buffer >= 0; buffer--) {
            int control = buffer == MargaBuffer.GRAD_CTRL ? GradientBoard.OCRA1.control(19) : 0;
            words.add(0x8000_0000 | buffer << 24 | 16 - buffer << 16 | control);
        }
        words.add(WAIT_100);
        for (String word : changes.isBlank() ? new String[0] : changes.trim().split(" ")) {
            words.add((int) Long.parseLong(word, 16));
        }
        words.add(WAIT_100);
        words.add(0x8000_0000);
        words.add(WAIT_100);
        words.add(FINISH);
        return words.stream().mapToInt(w -> w).toArray();
    }

    private static byte[] bytes(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        return bytes.array();
    }

    private static void check(int... words) {
        new MargaValidator(SETTINGS).check(bytes(words), 100_000_000);
    }

    @Test
    void aHarmlessProgramPasses() {
        assertThatCode(() -> check(program(""))).doesNotThrowAnyException();
        assertThatCode(() -> check(program("85001000 02000064 85000000"))).doesNotThrowAnyException();
        assertThatCode(() -> check(program("82010110 81004000 02000fff 82010110 81000000")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "01000000 | is none that this driver sends",
                "03000001 | is none that this driver sends",
                "04000000 | is none that this driver sends",
                "05000000 | is none that this driver sends",
                "85801000 | more than seven bits",
                "91000000 | there is no buffer 17",
                "85641000 85001000 85002000 85003000 85000000 | queue of buffer 5 is too full",
                "85001000 | RF is on at the end",
                "87001000 | RF is on at the end",
                "8f000001 | a gate is open at the end",
                "90000100 | a gate is open at the end",
                "8f000001 90000100 | transmit gate is open while the receiver runs",
                "82010110 81004000 | gradient 0 is at",
                "82010110 81004000 02000032 82010110 81000000 | still being sent",
                "82010020 81000002 | sets no gradient",
                "02ffffff 02ffffff 02ffffff 02ffffff 02ffffff 02ffffff 02ffffff 02ffffff | lasts"
            })
    void aHarmfulOneDoesNot(String changes, String problem) {
        assertThatThrownBy(() -> check(program(changes)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aProgramWithoutEndOrBeginningDoesNotPass() {
        int[] good = program("");
        int[] endless = Arrays.copyOf(good, good.length - 1);
        assertThatThrownBy(() -> check(endless)).hasMessageContaining("does not end with FINISH");
        assertThatThrownBy(() -> check()).hasMessageContaining("no program");
        assertThatThrownBy(() -> check(FINISH)).hasMessageContaining("no program");
        good[15] = TX;
        assertThatThrownBy(() -> check(good)).hasMessageContaining("never set");
    }

    /** Faults of the reference client, which gets each of these wrong. */
    @ParameterizedTest
    @CsvSource({
        "OCRA1, 4, 124",
        "OCRA1, 9, 244",
        "OCRA1, 10, 268",
        "OCRA1, 19, 484",
        "OCRA1, 40, 988",
        "GPA_FHDO, 4, 126",
        "GPA_FHDO, 9, 251",
        "GPA_FHDO, 10, 276",
        "GPA_FHDO, 40, 1026"
    })
    void latenciesFollowTheDivider(GradientBoard board, int divider, int clocks) {
        assertThat(board.latencyClocks(divider)).isEqualTo(clocks);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 16_777_218, 16_777_219, 16_777_220, 16_777_221, 33_554_437, 50_331_656})
    void aGapOfAnyLengthIsKept(long clocks) throws Exception {
        List<Integer> words = new ArrayList<>();
        MargaProgram program = new MargaProgram(new int[MargaBuffer.COUNT], words::add);
        program.set(1000, MargaBuffer.TX0_I, 1);
        program.set(1000 + clocks, MargaBuffer.TX0_I, 2);
        program.end(0);
        words.add(MargaProgram.FINISH);
        List<MargaModel.Change> changes = MargaModel.play(words);
        assertThat(changes)
                .endsWith(
                        new MargaModel.Change(1000, MargaBuffer.TX0_I, 1),
                        new MargaModel.Change(1000 + clocks, MargaBuffer.TX0_I, 2));
    }

    @Test
    void aChangeBeforeTheBeginningIsRefused() throws Exception {
        MargaProgram program = new MargaProgram(new int[MargaBuffer.COUNT], word -> {});
        program.set(-5, MargaBuffer.TX0_I, 1);
        assertThatThrownBy(() -> program.end(0)).isInstanceOf(UncompilableTableException.class);
    }

    @Test
    void negativeValuesAreTwosComplement() throws Exception {
        List<Integer> words = new ArrayList<>();
        MargaProgram program = new MargaProgram(new int[MargaBuffer.COUNT], words::add);
        program.set(1000, MargaBuffer.TX0_I, (int) Math.rint(-0.5 * 32767));
        program.end(0);
        assertThat(words.get(words.size() - 1) & 0xffff).isEqualTo(0xc000);
        assertThat(GradientBoard.OCRA1.word(0, -1, true) >> 2 & 0x3ffff).isEqualTo(0x20001);
    }
}
