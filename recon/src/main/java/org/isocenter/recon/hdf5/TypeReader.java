package org.isocenter.recon.hdf5;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a datatype message (section IV.A.2.d). */
final class TypeReader {
    private static final int DEEPEST = 16;
    private static final long LARGEST_ELEMENT = 1L << 26;

    private final ByteBuffer in;
    private final String what;

    private TypeReader(ByteBuffer in, String what) {
        this.in = in;
        this.what = what;
    }

    /** @param what has the type, for messages */
    static Hdf5Type read(ByteBuffer message, String what) throws Hdf5Exception {
        try {
            return new TypeReader(message, what).type(0);
        } catch (IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException
                | BufferUnderflowException e) {
            throw new Hdf5Exception("the type of " + what + " is damaged", e);
        }
    }

    private Hdf5Type type(int depth) throws Hdf5Exception {
        int classAndVersion = in.get();
        int version = (classAndVersion & 0xff) >> 4;
        int low = in.get() & 0xff;
        int bits = low | (in.getShort() & 0xffff) << 8;
        long size = in.getInt() & 0xffffffffL;
        if (depth > DEEPEST || size < 1 || size > LARGEST_ELEMENT) {
            throw new Hdf5Exception("the type of " + what + " is damaged");
        }
        int bytes = (int) size;
        return switch (classAndVersion & 0x0f) {
            case 0 -> {
                skip(4);
                yield new Hdf5Type.Number(bytes, false, (low & 8) != 0, (low & 1) != 0);
            }
            case 1 -> {
                skip(12);
                yield new Hdf5Type.Number(bytes, true, true, (low & 1) != 0);
            }
            case 2 -> {
                skip(2);
                yield new Hdf5Type.Other(bytes);
            }
            case 3 -> new Hdf5Type.Text(bytes);
            case 4 -> {
                skip(4);
                yield new Hdf5Type.Other(bytes);
            }
            case 5 -> {
                skip(low);
                yield new Hdf5Type.Other(bytes);
            }
            case 6 -> compound(version, bytes, bits & 0xffff, depth);
            case 8 -> enumeration(version, bits & 0xffff, depth);
            case 9 -> new Hdf5Type.VariableLength(type(depth + 1), (low & 0x0f) == 1);
            case 10 -> array(version, bytes, depth);
            default -> new Hdf5Type.Other(bytes);
        };
    }

    private Hdf5Type compound(int version, int bytes, int count, int depth) throws Hdf5Exception {
        List<Hdf5Type.Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = name(version);
            long offset = offset(version, bytes);
            int elements = version == 1 ? oldDimensions() : 1;
            Hdf5Type type = type(depth + 1);
            if (elements > 1) {
                type = new Hdf5Type.Array(type, elements);
            }
            if (offset > bytes - (long) type.bytes()) {
                throw new Hdf5Exception("'" + name + "' lies outside of its record in " + what);
            }
            members.add(new Hdf5Type.Member(name, (int) offset, type));
        }
        return new Hdf5Type.Compound(bytes, members);
    }

    private long offset(int version, int compoundBytes) {
        if (version < 3) {
            return in.getInt() & 0xffffffffL;
        }
        long offset = 0;
        for (int shift = 0; shift == 0 || compoundBytes >>> shift != 0; shift += 8) {
            offset |= (in.get() & 0xffL) << shift;
        }
        return offset;
    }

    /** Of a member of the first version, which could be an array without saying so in its type. */
    private int oldDimensions() throws Hdf5Exception {
        int dimensions = in.get();
        skip(11);
        long count = 1;
        for (int i = 0; i < 4; i++) {
            long size = in.getInt() & 0xffffffffL;
            count = i < dimensions && count <= LARGEST_ELEMENT ? count * size : count;
        }
        if (count > LARGEST_ELEMENT) {
            throw new Hdf5Exception("the type of " + what + " is damaged");
        }
        return (int) count;
    }

    private Hdf5Type enumeration(int version, int count, int depth) throws Hdf5Exception {
        Hdf5Type base = type(depth + 1);
        for (int i = 0; i < count; i++) {
            name(version);
        }
        skip((long) count * base.bytes());
        return base;
    }

    private Hdf5Type array(int version, int bytes, int depth) throws Hdf5Exception {
        int dimensions = in.get() & 0xff;
        skip(version < 3 ? 3 : 0);
        long count = 1;
        for (int i = 0; i < dimensions; i++) {
            long size = in.getInt() & 0xffffffffL;
            count = count <= LARGEST_ELEMENT ? count * size : count;
        }
        skip(version < 3 ? 4L * dimensions : 0);
        Hdf5Type element = type(depth + 1);
        if (count < 1 || count > LARGEST_ELEMENT || count * element.bytes() != bytes) {
            throw new Hdf5Exception("the type of " + what + " is damaged");
        }
        return new Hdf5Type.Array(element, (int) count);
    }

    /** Ended by NUL; before version 3 filled up to a multiple of eight bytes. */
    private String name(int version) {
        int start = in.position();
        int end = start;
        while (in.get(end) != 0) {
            end++;
        }
        String name =
                StandardCharsets.UTF_8.decode(in.slice(start, end - start)).toString();
        int length = end - start + 1;
        in.position(start + (version < 3 ? (length + 7) / 8 * 8 : length));
        return name;
    }

    private void skip(long count) {
        in.position(Math.toIntExact(in.position() + count));
    }
}
