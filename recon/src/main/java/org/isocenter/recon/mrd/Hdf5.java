package org.isocenter.recon.mrd;

import static org.bytedeco.hdf5.global.hdf5.H5E_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5Eset_auto2;
import static org.bytedeco.hdf5.global.hdf5.H5open;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongUnaryOperator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * One piece of work with the HDF5 C library: the handles it opens are closed, last first, when it ends. The library is not
 * thread-safe, so whoever works with it holds {@link #LOCK}.
 */
final class Hdf5 implements AutoCloseable {
    /** One at a time in the whole process. */
    static final Object LOCK = new Object();

    private final String file;
    private final Deque<Runnable> closers = new ArrayDeque<>();

    /** Only while holding {@link #LOCK}. */
    Hdf5(String file) throws IOException {
        this.file = file;
        if (H5open() < 0) {
            throw new IOException("the HDF5 library does not start");
        }
        // Otherwise it prints its own traces to standard error.
        H5Eset_auto2(H5E_DEFAULT(), null, (Pointer) null);
    }

    /** A new handle, or the failure. */
    long opened(long handle, LongUnaryOperator closer, String whatFailed) throws MrdFormatException {
        check(handle, whatFailed);
        closers.push(() -> closer.applyAsLong(handle));
        return handle;
    }

    /** For calls that tell failure by a negative number. */
    long check(long status, String whatFailed) throws MrdFormatException {
        if (status < 0) {
            throw failure(whatFailed);
        }
        return status;
    }

    MrdFormatException failure(String problem) {
        return new MrdFormatException(file, "", problem);
    }

    /** Native memory that lives as long as this. */
    <P extends Pointer> P kept(P memory) {
        closers.push(memory::close);
        return memory;
    }

    /** The path as the library wants it. */
    BytePointer name(Path path) {
        return kept(new BytePointer(path.toString(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }
}
