package org.isocenter.recon.mrd;

import static org.bytedeco.hdf5.global.hdf5.H5T_COMPOUND;
import static org.bytedeco.hdf5.global.hdf5.H5T_C_S1_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_IEEE_F32LE_g;
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

/**
 * MRD's compound types in memory and on disk, laid out as the C++ library does: a record is the packed acquisition header
 * at 0, a variable-length trajectory at 344 and variable-length data at 360. {@link RecordLayout} reads other layouts too.
 */
final class MrdTypes {
    static final int RECORD_BYTES = 376;
    static final int TRAJECTORY_AT = 344;
    static final int DATA_AT = 360;
    /** Of the two words of an hvl_t: length, address. */
    static final int POINTER_WORD = 8;

    private final Hdf5 hdf5;

    MrdTypes(Hdf5 hdf5) {
        this.hdf5 = hdf5;
    }

    long record() throws MrdFormatException {
        long floats = type(H5Tvlen_create(H5T_IEEE_F32LE_g()));
        long record = type(H5Tcreate(H5T_COMPOUND, RECORD_BYTES));
        insert(record, "head", 0, head());
        insert(record, "traj", TRAJECTORY_AT, floats);
        insert(record, "data", DATA_AT, floats);
        return record;
    }

    long variableString() throws MrdFormatException {
        long string = type(H5Tcopy(H5T_C_S1_g()));
        hdf5.check(H5Tset_size(string, H5T_VARIABLE()), "cannot make a string type");
        return string;
    }

    private long head() throws MrdFormatException {
        long u16 = H5T_STD_U16LE_g();
        long u32 = H5T_STD_U32LE_g();
        long f32 = H5T_IEEE_F32LE_g();
        long vector = array(f32, 3);
        long head = type(H5Tcreate(H5T_COMPOUND, AcquisitionHeaderCodec.BYTES));
        insert(head, "version", 0, u16);
        insert(head, "flags", 2, H5T_STD_U64LE_g());
        insert(head, "measurement_uid", 10, u32);
        insert(head, "scan_counter", 14, u32);
        insert(head, "acquisition_time_stamp", 18, u32);
        insert(head, "physiology_time_stamp", 22, array(u32, 3));
        insert(head, "number_of_samples", 34, u16);
        insert(head, "available_channels", 36, u16);
        insert(head, "active_channels", 38, u16);
        insert(head, "channel_mask", 40, array(H5T_STD_U64LE_g(), 16));
        insert(head, "discard_pre", 168, u16);
        insert(head, "discard_post", 170, u16);
        insert(head, "center_sample", 172, u16);
        insert(head, "encoding_space_ref", 174, u16);
        insert(head, "trajectory_dimensions", 176, u16);
        insert(head, "sample_time_us", 178, f32);
        insert(head, "position", 182, vector);
        insert(head, "read_dir", 194, vector);
        insert(head, "phase_dir", 206, vector);
        insert(head, "slice_dir", 218, vector);
        insert(head, "patient_table_position", 230, vector);
        insert(head, "idx", 242, counters(u16));
        insert(head, "user_int", 276, array(H5T_STD_I32LE_g(), 8));
        insert(head, "user_float", 308, array(f32, 8));
        return head;
    }

    private long counters(long u16) throws MrdFormatException {
        String[] names = {
            "kspace_encode_step_1",
            "kspace_encode_step_2",
            "average",
            "slice",
            "contrast",
            "phase",
            "repetition",
            "set",
            "segment"
        };
        long counters = type(H5Tcreate(H5T_COMPOUND, 34));
        for (int i = 0; i < names.length; i++) {
            insert(counters, names[i], 2L * i, u16);
        }
        insert(counters, "user", 18, array(u16, 8));
        return counters;
    }

    private long array(long element, long count) throws MrdFormatException {
        return type(H5Tarray_create2(element, 1, count));
    }

    private long type(long handle) throws MrdFormatException {
        return hdf5.opened(handle, type -> H5Tclose(type), "cannot make an HDF5 type");
    }

    private void insert(long compound, String name, long offset, long member) throws MrdFormatException {
        hdf5.check(H5Tinsert(compound, name, offset, member), "cannot add '" + name + "' to an HDF5 type");
    }
}
