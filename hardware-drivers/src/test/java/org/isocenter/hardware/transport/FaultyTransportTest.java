package org.isocenter.hardware.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FaultyTransportTest {
    private static final int WAIT = 10_000;

    private final MemoryTransport.Pair pair = MemoryTransport.pair("link", 1000);
    private final FaultyTransport link = new FaultyTransport(pair.near());

    private void send(int... bytes) throws IOException {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) bytes[i];
        }
        link.write(all, 0, all.length, WAIT);
    }

    private int receive(byte[] into) throws IOException {
        return pair.far().read(into, 0, into.length, WAIT);
    }

    @Test
    void oneBitOfTheByteIsWrong() throws Exception {
        link.corruptByte(3);
        send(1, 2);
        send(3, 4, 5);
        assertThat(TransportsTest.read(pair.far(), 5)).containsExactly(1, 2, 3, 4 ^ 0x20, 5);
    }

    @Test
    void aCutLinkEndsWithTheByteBefore() {
        link.cutAtByte(2);
        assertThatThrownBy(() -> send(1, 2, 3)).hasMessageContaining("cut");
        assertThat(TransportsTest.read(pair.far(), 2)).containsExactly(1, 2);
        assertThatThrownBy(() -> send(4)).isInstanceOf(IOException.class);
        assertThat(pair).satisfies(p -> assertThat(receive(new byte[1])).isEqualTo(-1));
    }

    @Test
    void aSilentLinkIsOpenStill() throws Exception {
        link.silenceFromByte(2);
        send(1, 2, 3);
        send(4);
        assertThat(TransportsTest.read(pair.far(), 2)).containsExactly(1, 2);
        assertThat(pair.far().read(new byte[1], 0, 1, 0)).isZero();
        pair.far().write(new byte[] {7}, 0, 1, WAIT);
        assertThat(link.read(new byte[1], 0, 1, WAIT)).isOne();
        assertThat(link.sent()).isEqualTo(4);
    }

    @Test
    void piecesComeOneByOneAndInOrder() throws Exception {
        link.split(1);
        send(1, 2, 3);
        assertThat(TransportsTest.read(pair.far(), 3)).containsExactly(1, 2, 3);
    }

    @Test
    void lateBytesComeInOrderAndDoNotHoldUpTheWriter() throws Exception {
        link.delay(30);
        send(1, 2);
        send(3);
        assertThat(pair.far().read(new byte[3], 0, 3, 0)).isZero();
        assertThat(TransportsTest.read(pair.far(), 3)).containsExactly(1, 2, 3);
    }

    @Test
    void whatIsSentTogetherComesInOnePiece() throws Exception {
        link.coalesce(50);
        send(1, 2);
        send(3);
        byte[] bytes = new byte[10];
        assertThat(receive(bytes)).isEqualTo(3);
    }

    @Test
    void aCutAfterLateBytesComesAfterThem() throws Exception {
        link.delay(5);
        link.cutAtByte(3);
        assertThatThrownBy(() -> send(1, 2, 3, 4)).hasMessageContaining("cut");
        assertThat(TransportsTest.read(pair.far(), 3)).containsExactly(1, 2, 3);
        assertThat(receive(new byte[1])).isEqualTo(-1);
    }
}
