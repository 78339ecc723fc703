package org.isocenter.recon.mrd;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.recon.hdf5.Hdf5Type;

/**
 * MRD's records, laid out as the C++ library has them in memory and writes them. {@link RecordLayout} reads records that are
 * laid out otherwise.
 */
final class MrdTypes {
    static final Hdf5Type U16 = new Hdf5Type.Number(2, false, false, false);
    static final Hdf5Type I16 = new Hdf5Type.Number(2, false, true, false);
    static final Hdf5Type U32 = new Hdf5Type.Number(4, false, false, false);
    static final Hdf5Type I32 = new Hdf5Type.Number(4, false, true, false);
    static final Hdf5Type U64 = new Hdf5Type.Number(8, false, false, false);
    static final Hdf5Type F32 = new Hdf5Type.Number(4, true, true, false);
    static final Hdf5Type F64 = new Hdf5Type.Number(8, true, true, false);
    static final Hdf5Type STRING = new Hdf5Type.VariableLength(new Hdf5Type.Number(1, false, false, false), true);

    /** Where an acquisition's trajectory and samples are. */
    static final int TRAJECTORY_AT = 344;

    static final int DATA_AT = 360;

    /** The header, a trajectory and samples. */
    static final Hdf5Type.Compound ACQUISITION = new Record()
            .add("head", acquisitionHeader())
            .at(TRAJECTORY_AT)
            .add("traj", new Hdf5Type.VariableLength(F32, false))
            .add("data", new Hdf5Type.VariableLength(F32, false))
            .compound();

    /** The header of an image, packed. */
    static final Hdf5Type.Compound IMAGE_HEADER = imageHeader();

    /** Where a waveform's values are. */
    static final int VALUES_AT = WaveformCodec.BYTES;

    /** The header with its natural padding, and values. */
    static final Hdf5Type.Compound WAVEFORM = new Record()
            .add("head", waveformHeader())
            .add("data", new Hdf5Type.VariableLength(U32, false))
            .compound();

    private MrdTypes() {}

    /** What pixels of a type are stored as. */
    static Hdf5Type pixels(MrdPixelType type) {
        return switch (type) {
            case UNSIGNED_SHORT -> U16;
            case SHORT -> I16;
            case UNSIGNED_INT -> U32;
            case INT -> I32;
            case FLOAT -> F32;
            case DOUBLE -> F64;
            case COMPLEX_FLOAT -> new Record().add("real", F32).add("imag", F32).compound();
            case COMPLEX_DOUBLE ->
                new Record().add("real", F64).add("imag", F64).compound();
        };
    }

    private static Hdf5Type.Compound acquisitionHeader() {
        Record counters = new Record();
        for (String name : List.of(
                "kspace_encode_step_1",
                "kspace_encode_step_2",
                "average",
                "slice",
                "contrast",
                "phase",
                "repetition",
                "set",
                "segment")) {
            counters.add(name, U16);
        }
        return new Record()
                .add("version", U16)
                .add("flags", U64)
                .add("measurement_uid", U32)
                .add("scan_counter", U32)
                .add("acquisition_time_stamp", U32)
                .add("physiology_time_stamp", new Hdf5Type.Array(U32, 3))
                .add("number_of_samples", U16)
                .add("available_channels", U16)
                .add("active_channels", U16)
                .add("channel_mask", new Hdf5Type.Array(U64, 16))
                .add("discard_pre", U16)
                .add("discard_post", U16)
                .add("center_sample", U16)
                .add("encoding_space_ref", U16)
                .add("trajectory_dimensions", U16)
                .add("sample_time_us", F32)
                .vectors("position", "read_dir", "phase_dir", "slice_dir", "patient_table_position")
                .add("idx", counters.add("user", new Hdf5Type.Array(U16, 8)).compound())
                .add("user_int", new Hdf5Type.Array(I32, 8))
                .add("user_float", new Hdf5Type.Array(F32, 8))
                .compound();
    }

    private static Hdf5Type.Compound imageHeader() {
        Record header = new Record()
                .add("version", U16)
                .add("data_type", U16)
                .add("flags", U64)
                .add("measurement_uid", U32)
                .add("matrix_size", new Hdf5Type.Array(U16, 3))
                .vectors("field_of_view")
                .add("channels", U16)
                .vectors("position", "read_dir", "phase_dir", "slice_dir", "patient_table_position");
        for (String name : List.of("average", "slice", "contrast", "phase", "repetition", "set")) {
            header.add(name, U16);
        }
        return header.add("acquisition_time_stamp", U32)
                .add("physiology_time_stamp", new Hdf5Type.Array(U32, 3))
                .add("image_type", U16)
                .add("image_index", U16)
                .add("image_series_index", U16)
                .add("user_int", new Hdf5Type.Array(I32, 8))
                .add("user_float", new Hdf5Type.Array(F32, 8))
                .add("attribute_string_len", U32)
                .compound();
    }

    private static Hdf5Type.Compound waveformHeader() {
        return new Record()
                .add("version", U16)
                .at(8)
                .add("flags", U64)
                .add("measurement_uid", U32)
                .add("scan_counter", U32)
                .add("time_stamp", U32)
                .add("number_of_samples", U16)
                .add("channels", U16)
                .add("sample_time_us", F32)
                .add("waveform_id", U16)
                .at(WaveformCodec.BYTES)
                .compound();
    }

    /** Puts members one behind the other. */
    private static final class Record {
        private final List<Hdf5Type.Member> members = new ArrayList<>();
        private int next;

        Record add(String name, Hdf5Type type) {
            members.add(new Hdf5Type.Member(name, next, type));
            next += type.bytes();
            return this;
        }

        Record vectors(String... names) {
            for (String name : names) {
                add(name, new Hdf5Type.Array(F32, 3));
            }
            return this;
        }

        Record at(int offset) {
            next = offset;
            return this;
        }

        Hdf5Type.Compound compound() {
            return new Hdf5Type.Compound(next, members);
        }
    }
}
