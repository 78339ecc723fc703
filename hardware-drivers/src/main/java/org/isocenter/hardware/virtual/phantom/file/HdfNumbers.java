package org.isocenter.hardware.virtual.phantom.file;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The datasets of numbers in an HDF5 file. Whatever is damaged in a file ends in a {@link PhantomFileException}; sizes are
 * looked at before anything of that size is read. One thread.
 */
final class HdfNumbers implements AutoCloseable {
    /** 512 MB as doubles. */
    static final long MOST_VALUES = 64L << 20;

    private static final int MOST_TEXT_BYTES = 1 << 16;

    private final Path path;
    private final HdfFile file;

    /** @param values in the file's order, the last dimension fastest */
    record Numbers(int[] dimensions, double[] values) {}

    private HdfNumbers(Path path, HdfFile file) {
        this.path = path;
        this.file = file;
    }

    static HdfNumbers open(Path path) throws PhantomFileException {
        if (!Files.isRegularFile(path)) {
            throw new PhantomFileException(path, "there is no such file");
        }
        try {
            return new HdfNumbers(path, new HdfFile(path));
        } catch (RuntimeException e) {
            throw new PhantomFileException(path, "this is no HDF5 file that can be read (" + e.getMessage() + ")", e);
        }
    }

    /** Whether there is something of this name: "sample/data". */
    boolean has(String name) throws PhantomFileException {
        return find(name) != null;
    }

    /** All numbers of a dataset. */
    Numbers read(String name) throws PhantomFileException {
        if (!(find(name) instanceof Dataset dataset)) {
            throw new PhantomFileException(path, "dataset /" + name + " is missing");
        }
        try {
            int[] dimensions = dataset.getDimensions();
            long size = 1;
            for (int d : dimensions) {
                size = d < 0 || size > MOST_VALUES ? Long.MAX_VALUE : size * d;
            }
            if (size > MOST_VALUES) {
                throw new PhantomFileException(
                        path, "dataset /" + name + " has more than the " + MOST_VALUES + " numbers that are read");
            }
            Class<?> type = dataset.getJavaType();
            if (!type.isPrimitive() || type == char.class) {
                throw new PhantomFileException(path, "dataset /" + name + " holds no numbers");
            }
            return new Numbers(dimensions, doubles(dataset.isScalar() ? dataset.getData() : dataset.getDataFlat()));
        } catch (RuntimeException e) {
            throw damaged("dataset /" + name, e);
        }
    }

    /** The names of what is in a group, in the file's order; none when there is no such group. */
    List<String> children(String name) throws PhantomFileException {
        try {
            return find(name) instanceof Group group
                    ? List.copyOf(group.getChildren().keySet())
                    : List.of();
        } catch (RuntimeException e) {
            throw damaged("/" + name, e);
        }
    }

    /** A group's attribute, or the dataset of this name in it, that is one number or one text; empty when there is neither. */
    Optional<Object> single(String group, String name) throws PhantomFileException {
        try {
            Node node = find(group);
            Attribute attribute = node == null ? null : node.getAttribute(name);
            if (attribute != null) {
                return attribute.isScalar() && attribute.getSizeInBytes() <= MOST_TEXT_BYTES
                        ? Optional.of(attribute.getData())
                        : Optional.empty();
            }
            return find(group + "/" + name) instanceof Dataset dataset
                            && dataset.isScalar()
                            && dataset.getSizeInBytes() <= MOST_TEXT_BYTES
                    ? Optional.of(dataset.getData())
                    : Optional.empty();
        } catch (RuntimeException e) {
            throw damaged("/" + group + ", " + name, e);
        }
    }

    /** A dataset's dimensions, before it is read. */
    int[] dimensions(String name) throws PhantomFileException {
        if (!(find(name) instanceof Dataset dataset)) {
            throw new PhantomFileException(path, "dataset /" + name + " is missing");
        }
        try {
            return dataset.getDimensions();
        } catch (RuntimeException e) {
            throw damaged("dataset /" + name, e);
        }
    }

    private static double[] doubles(Object numbers) {
        if (numbers instanceof Number number) {
            return new double[] {number.doubleValue()};
        }
        if (numbers instanceof double[] values) {
            return values;
        }
        if (numbers instanceof Boolean flag) {
            return new double[] {flag ? 1 : 0};
        }
        double[] values = new double[Array.getLength(numbers)];
        if (numbers instanceof boolean[] flags) {
            for (int i = 0; i < values.length; i++) {
                values[i] = flags[i] ? 1 : 0;
            }
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = ((Number) Array.get(numbers, i)).doubleValue();
        }
        return values;
    }

    private Node find(String name) throws PhantomFileException {
        try {
            Node node = file;
            for (String part : name.split("/")) {
                node = node instanceof Group group ? group.getChild(part) : null;
                if (node == null) {
                    return null;
                }
            }
            return node;
        } catch (RuntimeException e) {
            throw damaged("/" + name, e);
        }
    }

    private PhantomFileException damaged(String where, RuntimeException cause) {
        return new PhantomFileException(path, where + " is damaged (" + cause.getMessage() + ")", cause);
    }

    @Override
    public void close() {
        file.close();
    }
}
