package org.isocenter.recon.mrd;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Vec3;

/** Position and directions of a header: single precision, in millimetres, and not always a frame. */
final class FrameReader {
    /** What single precision does to an orthonormal frame. */
    private static final double FRAME_TOLERANCE = 1e-6;

    private FrameReader() {}

    /**
     * Reads four vectors of a little-endian buffer.
     *
     * @param note is told what had to be replaced
     */
    static EncodingGeometry read(
            ByteBuffer in, int positionAt, int readAt, int phaseAt, int sliceAt, Consumer<String> note) {
        Vec3 center = Fields.vector(in, positionAt).scaled(1e-3);
        if (!isFinite(center)) {
            note.accept("position is not a number: taken to be the isocentre");
            center = Vec3.ZERO;
        }
        Vec3 read = Fields.vector(in, readAt);
        Vec3 phase = Fields.vector(in, phaseAt);
        Vec3 slice = Fields.vector(in, sliceAt);
        if (!isFrame(read, phase)) {
            note.accept("read_dir and phase_dir are not two perpendicular directions: taken to be axial (left, back)");
            return EncodingGeometry.AXIAL.centredAt(center);
        }
        if (Math.abs(read.cross(phase).dot(slice) - 1) < FRAME_TOLERANCE) {
            return new EncodingGeometry(center, read, phase, slice);
        }
        Vec3 unitRead = read.normalized();
        Vec3 unitSlice = unitRead.cross(phase).normalized();
        if (!(unitSlice.dot(slice) > 0.5)) {
            note.accept("slice_dir is not read_dir × phase_dir: replaced by it, partitions may be reversed");
        }
        return new EncodingGeometry(center, unitRead, unitSlice.cross(unitRead), unitSlice);
    }

    private static boolean isFrame(Vec3 read, Vec3 phase) {
        if (!isFinite(read) || !isFinite(phase) || read.norm() < 0.5 || phase.norm() < 0.5) {
            return false;
        }
        return Math.abs(read.dot(phase)) < 0.01 * read.norm() * phase.norm();
    }

    private static boolean isFinite(Vec3 v) {
        return Double.isFinite(v.x()) && Double.isFinite(v.y()) && Double.isFinite(v.z());
    }
}
