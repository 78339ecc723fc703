package org.isocenter.recon.hdf5;

import java.util.List;

/** What the elements of a data set are. */
public sealed interface Hdf5Type {
    /** Of one element in the file. */
    int bytes();

    /** An integer or a floating point number of IEEE. */
    record Number(int bytes, boolean floating, boolean signed, boolean bigEndian) implements Hdf5Type {}

    /** Text of fixed length. */
    record Text(int bytes) implements Hdf5Type {}

    /** Members at their offsets. */
    record Compound(int bytes, List<Member> members) implements Hdf5Type {
        public Compound {
            members = List.copyOf(members);
        }

        /** The member of this name, or null. */
        public Member member(String name) {
            for (Member member : members) {
                if (member.name.equals(name)) {
                    return member;
                }
            }
            return null;
        }
    }

    /** @param offset in bytes from the start of the compound */
    record Member(String name, int offset, Hdf5Type type) {}

    /** As many elements as each value has, or a text; the element in the file is a reference into the heap. */
    record VariableLength(Hdf5Type element, boolean text) implements Hdf5Type {
        @Override
        public int bytes() {
            return GlobalHeap.REFERENCE_BYTES;
        }
    }

    /** A fixed number of elements of the same type. */
    record Array(Hdf5Type element, int count) implements Hdf5Type {
        @Override
        public int bytes() {
            return Math.multiplyExact(element.bytes(), count);
        }
    }

    /** One of the kinds that are not read. */
    record Other(int bytes) implements Hdf5Type {}
}
