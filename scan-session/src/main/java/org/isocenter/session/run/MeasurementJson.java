package org.isocenter.session.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.isocenter.recon.spectrum.Figure;
import org.isocenter.recon.spectrum.Measurement;
import org.isocenter.recon.spectrum.Panel;

/**
 * A measurement as reports and the command line give it: {@code kind}, {@code figures[{name,label,value,error,unit}]} in SI units,
 * and {@code curves[{name,xUnit,points[{x,y}]}]}, the points that a curve was fitted to.
 */
public final class MeasurementJson {
    private MeasurementJson() {}

    public static ObjectNode of(Measurement measurement) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", measurement.kind().title());
        ArrayNode figures = node.putArray("figures");
        for (Figure figure : measurement.figures()) {
            ObjectNode one = figures.addObject().put("name", figure.name()).put("label", figure.label());
            ScanReport.number(one, "value", figure.value());
            ScanReport.number(one, "error", figure.error());
            one.put("unit", figure.unit());
        }
        ArrayNode curves = node.putArray("curves");
        for (Panel panel : measurement.panels()) {
            if (panel.pointX().length > 0) {
                ObjectNode curve = curves.addObject().put("name", panel.name()).put("xUnit", panel.xUnit());
                points(panel, curve.putArray("points"));
            }
        }
        return node;
    }

    private static void points(Panel panel, ArrayNode into) {
        for (int i = 0; i < panel.pointX().length; i++) {
            ObjectNode point = into.addObject();
            ScanReport.number(point, "x", panel.pointX()[i]);
            ScanReport.number(point, "y", panel.pointY()[i]);
        }
    }
}
