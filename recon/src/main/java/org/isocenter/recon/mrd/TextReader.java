package org.isocenter.recon.mrd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.recon.hdf5.Hdf5DataSet;
import org.isocenter.recon.hdf5.Hdf5Exception;
import org.isocenter.recon.hdf5.Hdf5File;
import org.isocenter.recon.hdf5.Hdf5Type;

/** Reads texts of fixed or variable length. */
final class TextReader {
    private static final int LONGEST = 1 << 24;
    private static final int MOST = 1_000_000;

    private final Hdf5File hdf5;

    TextReader(Hdf5File hdf5) {
        this.hdf5 = hdf5;
    }

    /** All texts of a data set, without NULs. */
    List<String> read(Hdf5DataSet dataSet) throws IOException {
        Hdf5Type type = dataSet.type();
        boolean variable = type instanceof Hdf5Type.VariableLength values
                && values.element().bytes() == 1;
        if (!variable && !(type instanceof Hdf5Type.Text) || dataSet.bytesPerRow() != type.bytes()) {
            throw new Hdf5Exception("'" + dataSet.path() + "' is no text");
        }
        if (type.bytes() > LONGEST || dataSet.rows() > MOST) {
            throw new Hdf5Exception("'" + dataSet.path() + "' is longer than is read");
        }
        Memory memory = new Memory(hdf5.size());
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < dataSet.rows(); row++) {
            ByteBuffer element = dataSet.read(row, 1);
            if (variable && (element.getInt(0) & 0xffffffffL) > LONGEST) {
                throw new Hdf5Exception("'" + dataSet.path() + "' has a text of " + (element.getInt(0) & 0xffffffffL)
                        + " bytes, at most " + LONGEST + " are read");
            }
            ByteBuffer text = variable ? hdf5.heap().value(element, 0, 1, "'" + dataSet.path() + "'") : element;
            memory.read(text.remaining());
            texts.add(StandardCharsets.UTF_8.decode(text).toString().replace("\0", ""));
        }
        return texts;
    }
}
