package org.isocenter.hardware.virtual;

import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which kernels this JVM can run: those of the vector module when it was started with
 * {@code --add-modules jdk.incubator.vector} and its vectors are wide, else the plain loops. The samples of the two differ by
 * some 1e-6 of the largest; each gives the same ones every time.
 */
final class KernelChoice {
    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
    private static final String MODULE = "jdk.incubator.vector";
    private static final String VECTOR_KERNELS = KernelChoice.class.getPackageName() + ".VectorKernels";

    private KernelChoice() {}

    /** New ones, for one thread. */
    static SpinKernels fastest() {
        SpinKernels vector = vector();
        return vector == null ? new PlainKernels() : vector;
    }

    /** Null where the module is missing, or brings nothing. */
    static SpinKernels vector() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return null;
        }
        try {
            return (SpinKernels)
                    Class.forName(VECTOR_KERNELS).getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException e) {
            LOG.info(
                    "plain loops instead of the vector module: {}", e.getCause().getMessage());
            return null;
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.warn("the vector module cannot be used; simulations are slower", e);
            return null;
        }
    }
}
