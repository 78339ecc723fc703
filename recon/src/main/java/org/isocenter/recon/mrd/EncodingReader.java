package org.isocenter.recon.mrd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.isocenter.model.Encoding;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ParallelImaging;
import org.isocenter.model.TrajectoryDescription;
import org.isocenter.model.Vec3;

/** Reads the encoding elements of a header. */
final class EncodingReader {
    private final LenientFields fields;
    private final MrdNotes notes;
    private final Map<String, String> own;

    /** @param own this project's userParameters, without their prefix */
    EncodingReader(LenientFields fields, MrdNotes notes, Map<String, String> own) {
        this.fields = fields;
        this.notes = notes;
        this.own = own;
    }

    List<Encoding> read(XmlNode root) throws MrdFormatException {
        List<Encoding> encodings = new ArrayList<>();
        for (XmlNode encoding : root.children("encoding")) {
            encodings.add(read(encoding, encodings.size()));
        }
        if (encodings.isEmpty()) {
            throw new MrdFormatException(
                    "",
                    "XML header",
                    "no <encoding>: matrix and field of view are not known, so nothing can be reconstructed");
        }
        return encodings;
    }

    private Encoding read(XmlNode encoding, int index) throws MrdFormatException {
        XmlNode encoded = space(encoding, "encodedSpace", "reconSpace");
        XmlNode recon = space(encoding, "reconSpace", "encodedSpace");
        int encodedX = matrix(encoded, "x");
        int encodedY = matrix(encoded, "y");
        int encodedZ = matrix(encoded, "z");
        XmlNode limits = encoding.child("encodingLimits");
        if (limits == null) {
            notes.add("MRD header: encoding/encodingLimits is missing: the whole matrix is taken to be sampled");
        }
        return new Encoding(
                encodedX,
                encodedY,
                encodedZ,
                fov(encoded),
                matrix(recon, "x"),
                matrix(recon, "y"),
                matrix(recon, "z"),
                fov(recon),
                limit(limits, "kspace_encoding_step_1", EncodingLimits.ofCount(encodedY)),
                limit(limits, "kspace_encoding_step_2", EncodingLimits.ofCount(encodedZ)),
                limit(limits, "slice", EncodingLimits.NONE).count(),
                limit(limits, "average", EncodingLimits.NONE).count(),
                limit(limits, "contrast", EncodingLimits.NONE).count(),
                limit(limits, "repetition", EncodingLimits.NONE).count(),
                ownNumber(own, "encoding" + index + ".sliceSpacing_m", 0),
                trajectory(encoding),
                fields.count(1, 0, encoding, "echoTrainLength"),
                parallelImaging(encoding),
                description(encoding.child("trajectoryDescription")));
    }

    private XmlNode space(XmlNode encoding, String name, String other) throws MrdFormatException {
        XmlNode space = encoding.child(name);
        if (space != null) {
            return space;
        }
        XmlNode instead = encoding.child(other);
        if (instead == null) {
            throw new MrdFormatException("", "XML header", "encoding has neither <encodedSpace> nor <reconSpace>");
        }
        notes.add("MRD header: encoding/" + name + " is missing: taken to equal " + other);
        return instead;
    }

    private int matrix(XmlNode space, String axis) {
        if (LenientFields.text(space, "matrixSize", axis).isBlank()) {
            notes.add(LenientFields.name(space.name, "matrixSize", axis) + " is missing: read as 1");
        }
        return fields.count(1, 1, space, "matrixSize", axis);
    }

    private Vec3 fov(XmlNode space) {
        return new Vec3(extent(space, "x"), extent(space, "y"), extent(space, "z"));
    }

    /** A field of view that cannot be is replaced by a millimetre per voxel: wrong in scale, but the image can be seen. */
    private double extent(XmlNode space, String axis) {
        double meters = fields.milli(Double.NaN, space, "fieldOfView_mm", axis);
        if (meters > 0 && meters < 10) {
            return meters;
        }
        double instead = fields.count(1, 1, space, "matrixSize", axis) * 1e-3;
        notes.add(LenientFields.name(space.name, "fieldOfView_mm", axis) + " is "
                + (Double.isNaN(meters) ? "missing" : meters * 1e3 + " mm, which no scanner has")
                + ": 1 mm per voxel assumed, distances will be wrong");
        return instead;
    }

    private EncodingLimits limit(XmlNode limits, String name, EncodingLimits fallback) {
        XmlNode limit = limits == null ? null : limits.child(name);
        if (limit == null) {
            return fallback;
        }
        int minimum = fields.count(0, 0, limit, "minimum");
        int maximum = fields.count(fallback.maximum(), 0, limit, "maximum");
        if (maximum < minimum) {
            notes.add("MRD header: encodingLimits/" + name + " runs from " + minimum + " to " + maximum
                    + ": read as the whole matrix");
            return fallback;
        }
        return new EncodingLimits(minimum, maximum, fields.count(fallback.center(), 0, limit, "center"));
    }

    private Trajectory trajectory(XmlNode encoding) {
        String text = LenientFields.text(encoding, "trajectory").strip().toLowerCase(Locale.ROOT);
        return switch (text) {
            case "cartesian" -> Trajectory.CARTESIAN;
            case "epi" -> Trajectory.EPI;
            case "radial", "goldenangle" -> Trajectory.RADIAL;
            case "spiral" -> Trajectory.SPIRAL;
            case "other" -> Trajectory.OTHER;
            default -> {
                notes.add("MRD header: encoding/trajectory is "
                        + (text.isEmpty() ? "missing" : "not one that MRD knows") + ": taken to be cartesian");
                yield Trajectory.CARTESIAN;
            }
        };
    }

    private ParallelImaging parallelImaging(XmlNode encoding) {
        XmlNode parallel = encoding.child("parallelImaging");
        if (parallel == null) {
            return ParallelImaging.NONE;
        }
        String mode = LenientFields.text(parallel, "calibrationMode").strip().toUpperCase(Locale.ROOT);
        ParallelImaging.Calibration calibration = ParallelImaging.Calibration.OTHER;
        for (ParallelImaging.Calibration known : ParallelImaging.Calibration.values()) {
            if (known.name().equals(mode)) {
                calibration = known;
            }
        }
        return new ParallelImaging(
                fields.count(1, 1, parallel, "accelerationFactor", "kspace_encoding_step_1"),
                fields.count(1, 1, parallel, "accelerationFactor", "kspace_encoding_step_2"),
                calibration);
    }

    private TrajectoryDescription description(XmlNode node) {
        if (node == null) {
            return TrajectoryDescription.NONE;
        }
        Map<String, Long> whole = new HashMap<>();
        Map<String, Double> numbers = new HashMap<>();
        for (XmlNode parameter : node.children) {
            double value = fields.number(Double.NaN, parameter, "value");
            if (!Double.isFinite(value)) {
                continue;
            }
            String name = LenientFields.text(parameter, "name").strip();
            if (parameter.name.equals("userParameterLong")) {
                whole.put(name, Math.round(value));
            } else if (parameter.name.equals("userParameterDouble")) {
                numbers.put(name, value);
            }
        }
        return new TrajectoryDescription(LenientFields.text(node, "identifier").strip(), whole, numbers);
    }

    static double ownNumber(Map<String, String> own, String name, double fallback) {
        try {
            return Double.parseDouble(own.getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            return fallback;
        }
    }
}
