package org.isocenter.recon.mrd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.isocenter.recon.hdf5.Hdf5Exception;
import org.isocenter.recon.hdf5.Hdf5Type;

/**
 * Where a file's records keep MRD's members, found by name: writers pad differently. Each must have the type that MRD gives
 * it. Members that MRD does not know are passed over; of those that are missing, most can be done without.
 */
final class RecordLayout {
    /** Without these there is no telling what the samples are. */
    private static final Set<String> NEEDED = Set.of(
            "head",
            "data",
            "number_of_samples",
            "active_channels",
            "idx",
            "kspace_encode_step_1",
            "matrix_size",
            "channels");

    private record Move(int from, int to, int bytes) {}

    private final MrdNotes notes;
    private final Hdf5Type.Compound ours;
    private final int recordBytes;
    private final List<Move> moves = new ArrayList<>();

    /**
     * @param inFile the type of the file's records
     * @param ours one of {@link MrdTypes}
     * @param what the records are, for messages: "data"
     * @param notes is told of members that are missing
     */
    RecordLayout(Hdf5Type inFile, Hdf5Type.Compound ours, String what, MrdNotes notes) throws Hdf5Exception {
        this.notes = notes;
        this.ours = ours;
        this.recordBytes = inFile.bytes();
        compare(inFile, ours, what, 0, 0);
    }

    int recordBytes() {
        return recordBytes;
    }

    /** A record in the layout of {@link MrdTypes}, zero, to copy into. */
    ByteBuffer newRecord() {
        return ByteBuffer.allocate(ours.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Copies one record into the layout of {@link MrdTypes}. */
    void copy(ByteBuffer file, int at, ByteBuffer record) {
        for (Move move : moves) {
            record.put(move.to, file, at + move.from, move.bytes);
        }
    }

    private void compare(Hdf5Type inFile, Hdf5Type.Compound expected, String path, int from, int to)
            throws Hdf5Exception {
        if (!(inFile instanceof Hdf5Type.Compound compound)) {
            throw new Hdf5Exception("'" + path + "' is not made of MRD's records");
        }
        for (Hdf5Type.Member member : expected.members()) {
            String memberPath = path + "/" + member.name();
            Hdf5Type.Member found = compound.member(member.name());
            int target = to + member.offset();
            if (found == null) {
                missing(member.name(), memberPath);
            } else if (member.type() instanceof Hdf5Type.Compound inner) {
                compare(found.type(), inner, memberPath, from + found.offset(), target);
            } else if (same(found.type(), member.type())) {
                moves.add(new Move(from + found.offset(), target, found.type().bytes()));
            } else {
                throw new Hdf5Exception("'" + memberPath + "' is not of the type that MRD gives it");
            }
        }
    }

    private void missing(String name, String path) throws Hdf5Exception {
        if (NEEDED.contains(name)) {
            throw new Hdf5Exception("'" + path + "' is missing, without which nothing can be made of it");
        }
        notes.add("MRD records: '" + path + "' is missing: read as 0");
    }

    /** Whether bits mean the same; a sign that is there or not changes nothing for the values that MRD has. */
    private static boolean same(Hdf5Type a, Hdf5Type b) {
        if (a instanceof Hdf5Type.Number one && b instanceof Hdf5Type.Number other) {
            return one.bytes() == other.bytes() && one.floating() == other.floating() && !one.bigEndian();
        }
        if (a instanceof Hdf5Type.Array one && b instanceof Hdf5Type.Array other) {
            return one.count() == other.count() && same(one.element(), other.element());
        }
        if (a instanceof Hdf5Type.VariableLength one && b instanceof Hdf5Type.VariableLength other) {
            return one.text() == other.text() && same(one.element(), other.element());
        }
        return false;
    }
}
