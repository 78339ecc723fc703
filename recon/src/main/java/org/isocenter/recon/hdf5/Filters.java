package org.isocenter.recon.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What a chunk went through before it was stored: deflate, shuffle, checksum (section IV.A.2.l). */
final class Filters {
    static final Filters NONE = new Filters(new int[0], "");

    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER32 = 3;
    /** Deflate shrinks a thousandfold at most; a chunk that claims more is no chunk. */
    private static final long MOST_EXPANSION = 1100;

    private final int[] ids;
    private final String what;

    private Filters(int[] ids, String what) {
        this.ids = ids;
        this.what = what;
    }

    static Filters read(ByteBuffer message, String what) throws Hdf5Exception {
        try {
            int version = message.get(0);
            int[] ids = new int[message.get(1) & 0xff];
            int at = version == 1 ? 8 : 2;
            for (int i = 0; i < ids.length; i++) {
                ids[i] = message.getShort(at) & 0xffff;
                boolean named = version == 1 || ids[i] >= 256;
                int nameBytes = named ? message.getShort(at + 2) & 0xffff : 0;
                int values = message.getShort(at + (named ? 6 : 4)) & 0xffff;
                at += (named ? 8 : 6) + (version == 1 ? (nameBytes + 7) / 8 * 8 : nameBytes) + 4 * values;
                at += version == 1 && values % 2 == 1 ? 4 : 0;
                if (ids[i] < DEFLATE || ids[i] > FLETCHER32) {
                    throw new Hdf5Exception(what + " is compressed by filter " + ids[i]
                            + ", which is not read: unpack it with h5repack -f NONE");
                }
            }
            return new Filters(ids, what);
        } catch (IndexOutOfBoundsException e) {
            throw new Hdf5Exception("the filters of " + what + " are damaged", e);
        }
    }

    boolean isNone() {
        return ids.length == 0;
    }

    /** How many bytes so many stored ones can become at most. */
    static long most(long storedBytes) {
        return storedBytes * MOST_EXPANSION + 64;
    }

    /**
     * @param skipped bit n: filter n was not applied
     * @param bytes of the chunk
     */
    ByteBuffer decode(ByteBuffer stored, int skipped, int bytes, int elementBytes) throws Hdf5Exception {
        ByteBuffer data = stored;
        for (int i = ids.length - 1; i >= 0; i--) {
            if (i < 32 && (skipped >>> i & 1) != 0) {
                continue;
            }
            data = switch (ids[i]) {
                case DEFLATE -> inflate(data, bytes + 4 * ids.length);
                case SHUFFLE -> unshuffle(data, elementBytes);
                default -> data.slice(0, Math.max(0, data.capacity() - 4));
            };
        }
        return data.order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer inflate(ByteBuffer stored, int most) throws Hdf5Exception {
        if (most > most(stored.capacity())) {
            throw Hdf5Exception.damaged("a chunk of " + what);
        }
        byte[] out = new byte[most];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stored.duplicate().rewind());
            int length = 0;
            while (!inflater.finished() && length < most) {
                int got = inflater.inflate(out, length, most - length);
                if (got == 0 && !inflater.finished()) {
                    throw Hdf5Exception.damaged("a chunk of " + what);
                }
                length += got;
            }
            return ByteBuffer.wrap(out, 0, length).slice();
        } catch (DataFormatException e) {
            throw new Hdf5Exception("a chunk of " + what + " is damaged", e);
        } finally {
            inflater.end();
        }
    }

    /** Brings together the bytes of an element, which lie apart by the number of elements. */
    private static ByteBuffer unshuffle(ByteBuffer data, int elementBytes) {
        int elements = data.capacity() / elementBytes;
        byte[] out = new byte[data.capacity()];
        for (int b = 0; b < elementBytes; b++) {
            for (int e = 0; e < elements; e++) {
                out[e * elementBytes + b] = data.get(b * elements + e);
            }
        }
        for (int i = elements * elementBytes; i < out.length; i++) {
            out[i] = data.get(i);
        }
        return ByteBuffer.wrap(out);
    }
}
