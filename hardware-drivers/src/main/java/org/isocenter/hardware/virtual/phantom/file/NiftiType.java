package org.isocenter.hardware.virtual.phantom.file;

import java.nio.ByteBuffer;

/** How a voxel is stored. */
enum NiftiType {
    UINT8(2, 1),
    INT16(4, 2),
    INT32(8, 4),
    FLOAT32(16, 4),
    FLOAT64(64, 8),
    INT8(256, 1),
    UINT16(512, 2),
    UINT32(768, 4),
    INT64(1024, 8),
    UINT64(1280, 8);

    final int bytes;
    private final int code;

    NiftiType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** Null for types that hold no plain number. */
    static NiftiType of(int code) {
        for (NiftiType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }

    double at(ByteBuffer bytes, int index) {
        return switch (this) {
            case UINT8 -> bytes.get(index) & 0xFF;
            case INT8 -> bytes.get(index);
            case INT16 -> bytes.getShort(2 * index);
            case UINT16 -> bytes.getShort(2 * index) & 0xFFFF;
            case INT32 -> bytes.getInt(4 * index);
            case UINT32 -> bytes.getInt(4 * index) & 0xFFFFFFFFL;
            case FLOAT32 -> bytes.getFloat(4 * index);
            case FLOAT64 -> bytes.getDouble(8 * index);
            case INT64, UINT64 -> bytes.getLong(8 * index);
        };
    }
}
