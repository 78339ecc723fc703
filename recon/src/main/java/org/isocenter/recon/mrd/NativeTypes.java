package org.isocenter.recon.mrd;

import static org.bytedeco.hdf5.global.hdf5.H5T_COMPOUND;
import static org.bytedeco.hdf5.global.hdf5.H5T_C_S1_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_IEEE_F32LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_IEEE_F64LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STD_I16LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STD_I32LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STD_U16LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STD_U32LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STD_U64LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_VARIABLE;
import static org.bytedeco.hdf5.global.hdf5.H5Tarray_create2;
import static org.bytedeco.hdf5.global.hdf5.H5Tclose;
import static org.bytedeco.hdf5.global.hdf5.H5Tcopy;
import static org.bytedeco.hdf5.global.hdf5.H5Tcreate;
import static org.bytedeco.hdf5.global.hdf5.H5Tinsert;
import static org.bytedeco.hdf5.global.hdf5.H5Tset_size;
import static org.bytedeco.hdf5.global.hdf5.H5Tvlen_create;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.isocenter.recon.hdf5.Hdf5Type;

/** The types of {@link MrdTypes} as handles of the HDF5 library, for writing. */
final class NativeTypes {
    private final Hdf5 hdf5;

    NativeTypes(Hdf5 hdf5) {
        this.hdf5 = hdf5;
    }

    long of(Hdf5Type type) throws MrdFormatException {
        if (type instanceof Hdf5Type.Number number) {
            return of(number);
        }
        if (type instanceof Hdf5Type.Array array) {
            return kept(H5Tarray_create2(of(array.element()), 1, array.count()));
        }
        if (type instanceof Hdf5Type.Compound compound) {
            long handle = kept(H5Tcreate(H5T_COMPOUND, compound.bytes()));
            for (Hdf5Type.Member member : compound.members()) {
                hdf5.check(
                        H5Tinsert(handle, member.name(), member.offset(), of(member.type())),
                        "cannot add '" + member.name() + "' to an HDF5 type");
            }
            return handle;
        }
        if (type instanceof Hdf5Type.VariableLength values) {
            return values.text() ? variableString() : kept(H5Tvlen_create(of(values.element())));
        }
        throw new IllegalArgumentException("MRD has no " + type);
    }

    /** Makes the hvl_t of a value of variable length, two words. */
    static void pointTo(ByteBuffer record, int at, long length, long address) {
        ByteBuffer words = record.duplicate().order(ByteOrder.nativeOrder());
        words.putLong(at, length);
        words.putLong(at + Long.BYTES, address);
    }

    private static long of(Hdf5Type.Number number) {
        return switch (number.bytes()) {
            case 2 -> number.signed() ? H5T_STD_I16LE_g() : H5T_STD_U16LE_g();
            case 4 -> number.floating() ? H5T_IEEE_F32LE_g() : number.signed() ? H5T_STD_I32LE_g() : H5T_STD_U32LE_g();
            default -> number.floating() ? H5T_IEEE_F64LE_g() : H5T_STD_U64LE_g();
        };
    }

    private long variableString() throws MrdFormatException {
        long string = kept(H5Tcopy(H5T_C_S1_g()));
        hdf5.check(H5Tset_size(string, H5T_VARIABLE()), "cannot make a string type");
        return string;
    }

    private long kept(long handle) throws MrdFormatException {
        return hdf5.opened(handle, type -> H5Tclose(type), "cannot make an HDF5 type");
    }
}
