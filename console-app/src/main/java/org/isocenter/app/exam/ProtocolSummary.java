package org.isocenter.app.exam;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.app.text.Messages;
import org.isocenter.model.Protocol;
import org.isocenter.model.Unit;

/** A protocol in a few words: "5 slices · 1.6×1.6×5 mm". */
final class ProtocolSummary {
    private ProtocolSummary() {}

    static String of(Protocol protocol) {
        List<String> words = new ArrayList<>();
        if (protocol.has("partitions")) {
            words.add(Messages.text("exam.partitions", protocol.count("partitions")));
        } else if (protocol.has("slices")) {
            words.add(Messages.text("exam.slices", protocol.count("slices")));
        }
        if (protocol.has("FOV") && protocol.has("matrix")) {
            double column = protocol.number("FOV") / protocol.number("matrix");
            double row = column;
            if (protocol.has("FOVphase") && protocol.has("matrixPhase")) {
                row = protocol.number("FOVphase") / protocol.number("matrixPhase");
            }
            words.add(size(protocol, column, row));
        }
        return String.join(" · ", words);
    }

    private static String size(Protocol protocol, double column, double row) {
        double slice = Double.NaN;
        if (protocol.has("thickness")) {
            slice = protocol.number("thickness");
        } else if (protocol.has("slab") && protocol.has("partitions")) {
            slice = protocol.number("slab") / protocol.number("partitions");
        }
        String plane = millimetres(column) + "×" + millimetres(row);
        return (Double.isNaN(slice) ? plane : plane + "×" + millimetres(slice)) + " " + Unit.METER.displaySymbol();
    }

    private static String millimetres(double meters) {
        double tenths = Math.rint(meters / Unit.METER.displayScale() * 10) / 10;
        return Unit.METER.displayNumber(tenths * Unit.METER.displayScale());
    }
}
