package org.isocenter.recon.mrd;

import static org.bytedeco.hdf5.global.hdf5.H5T_COMPOUND;
import static org.bytedeco.hdf5.global.hdf5.H5Tclose;
import static org.bytedeco.hdf5.global.hdf5.H5Tequal;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_class;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_member_index;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_member_name;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_member_offset;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_member_type;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_nmembers;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_size;
import static org.bytedeco.hdf5.global.hdf5.H5free_memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;

/**
 * Where a file's records keep MRD's members, found by name: writers pad differently. Each must have the type that MRD gives
 * it; members that MRD does not know are passed over.
 */
final class RecordLayout {
    private static final int LARGEST_RECORD = 1 << 16;

    private record Move(int from, int to, int bytes) {}

    private final Hdf5 hdf5;
    private final int recordBytes;
    private final List<Move> moves = new ArrayList<>();

    /**
     * @param inFile the type of the file's records
     * @param ours {@link MrdTypes#record}
     */
    RecordLayout(Hdf5 hdf5, long inFile, long ours) throws MrdFormatException {
        this.hdf5 = hdf5;
        compare(inFile, ours, "data", 0, 0);
        this.recordBytes = (int) H5Tget_size(inFile);
    }

    int recordBytes() {
        return recordBytes;
    }

    /** Copies one record into the layout of {@link MrdTypes}. */
    void copy(ByteBuffer file, int at, ByteBuffer ours) {
        for (Move move : moves) {
            ours.put(move.to, file, at + move.from, move.bytes);
        }
    }

    private void compare(long inFile, long ours, String name, int from, int to) throws MrdFormatException {
        if (H5Tget_class(inFile) != H5T_COMPOUND) {
            throw hdf5.failure("'" + name + "' is not made of MRD's records");
        }
        long size = H5Tget_size(inFile);
        int found = 0;
        for (int i = 0; i < H5Tget_nmembers(inFile); i++) {
            String memberName = memberName(inFile, i);
            String path = name + "/" + memberName;
            int index = H5Tget_member_index(ours, memberName);
            if (index < 0) {
                continue;
            }
            found++;
            long member = member(inFile, i);
            long offset = H5Tget_member_offset(inFile, i);
            long bytes = H5Tget_size(member);
            if (size > LARGEST_RECORD || offset < 0 || bytes < 0 || offset > size - bytes) {
                throw hdf5.failure("'" + path + "' lies outside of its record");
            }
            long expected = member(ours, index);
            int target = to + (int) H5Tget_member_offset(ours, index);
            if (H5Tget_class(expected) == H5T_COMPOUND) {
                compare(member, expected, path, from + (int) offset, target);
            } else if (H5Tequal(member, expected) > 0) {
                moves.add(new Move(from + (int) offset, target, (int) bytes));
            } else {
                throw hdf5.failure("'" + path + "' is not of the type that MRD gives it");
            }
        }
        if (found != H5Tget_nmembers(ours)) {
            throw hdf5.failure("'" + name + "' has " + found + " of the " + H5Tget_nmembers(ours) + " fields of MRD");
        }
    }

    private static String memberName(long compound, int index) {
        BytePointer name = H5Tget_member_name(compound, index);
        if (name == null) {
            return "";
        }
        String text = name.getString(StandardCharsets.UTF_8);
        H5free_memory(name);
        return text;
    }

    private long member(long compound, int index) throws MrdFormatException {
        return hdf5.opened(
                H5Tget_member_type(compound, index), type -> H5Tclose(type), "a type of 'data' cannot be read");
    }
}
