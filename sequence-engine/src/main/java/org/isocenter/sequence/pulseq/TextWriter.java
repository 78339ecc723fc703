package org.isocenter.sequence.pulseq;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;

/** Writes a text file. That the version can hold the sequence was seen to before. */
final class TextWriter {
    private static final long PS_PER_MICROSECOND = 1_000_000;
    private static final long PS_PER_NANOSECOND = 1000;

    private final Sequence sequence;
    private final PulseqVersion version;
    private final boolean v14;
    private final boolean v15;
    private final ExtensionLists extensions;
    private final StringBuilder out = new StringBuilder(1 << 16);
    private final ShapeLibrary shapes = new ShapeLibrary();
    private final Map<Long, Integer> delayIds = new LinkedHashMap<>();

    TextWriter(Sequence sequence, PulseqVersion version) {
        this.sequence = sequence;
        this.version = version;
        this.v14 = !version.isBefore(PulseqVersion.V1_4_2);
        this.v15 = !version.isBefore(PulseqVersion.V1_5_0);
        this.extensions = new ExtensionLists(sequence);
    }

    byte[] bytes() {
        String[] parts = version.number().split("\\.");
        out.append("# Pulseq sequence file\n# Created by Isocenter\n\n[VERSION]\nmajor ")
                .append(parts[0])
                .append("\nminor ")
                .append(parts[1])
                .append("\nrevision ")
                .append(parts[2])
                .append("\n\n[DEFINITIONS]\n");
        WrittenDefinitions.of(sequence, version, extensions)
                .forEach((key, value) ->
                        out.append(key).append(' ').append(value).append('\n'));
        blocks();
        rf();
        gradients();
        adcs();
        delays();
        new ExtensionText(extensions).write(out);
        writeShapes();
        byte[] content = out.toString().getBytes(StandardCharsets.UTF_8);
        if (!v14) {
            return content; // readers of that time know no signature and refuse sections that they do not know
        }
        byte[] signature = ("\n[SIGNATURE]\n# MD5 of all before the newline in front of this section\nType md5\nHash "
                        + Signatures.md5(content, content.length) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(content, content.length + signature.length);
        System.arraycopy(signature, 0, all, content.length, signature.length);
        return all;
    }

    private void blocks() {
        out.append(
                v14
                        ? "\n# id duration(block rasters) rf gx gy gz adc ext\n[BLOCKS]\n"
                        : version.isBefore(PulseqVersion.V1_3_1)
                                ? "\n# id delay rf gx gy gz adc\n[BLOCKS]\n"
                                : "\n# id delay rf gx gy gz adc ext\n[BLOCKS]\n");
        boolean lists = !version.isBefore(PulseqVersion.V1_3_1);
        long rasterPs = WrittenDefinitions.blockRasterPs(sequence);
        for (int block = 0; block < sequence.blockCount(); block++) {
            out.append(block + 1)
                    .append(' ')
                    .append(v14 ? sequence.blockDurationPs(block) / rasterPs : delayId(block))
                    .append(' ')
                    .append(sequence.rfId(block));
            for (Axis axis : AXES) {
                out.append(' ').append(sequence.gradientId(block, axis));
            }
            out.append(' ').append(sequence.adcId(block));
            if (lists) {
                out.append(' ').append(sequence.extensionId(block));
            }
            out.append('\n');
        }
    }

    private static final Axis[] AXES = Axis.values();

    /** 0 where the events alone make the block as long as it is. */
    private int delayId(int block) {
        long durationPs = sequence.blockDurationPs(block);
        if (durationPs == Losses.endOfEventsPs(sequence, block)) {
            return 0;
        }
        return delayIds.computeIfAbsent(durationPs, d -> delayIds.size() + 1);
    }

    private void delays() {
        if (!delayIds.isEmpty()) {
            out.append("\n# id delay(us)\n[DELAYS]\n");
            delayIds.forEach((ps, id) -> out.append(id)
                    .append(' ')
                    .append(Numbers.scaled(ps, PS_PER_MICROSECOND))
                    .append('\n'));
        }
    }

    private void rf() {
        if (sequence.rfCount() == 0) {
            return;
        }
        out.append(
                v15
                        ? "\n# id amp(Hz) mag phase time center(us) delay(us) freq(ppm) phase(rad/MHz) freq(Hz) phase(rad) use\n[RF]\n"
                        : "\n# id amp(Hz) mag phase " + (v14 ? "time " : "") + "delay(us) freq(Hz) phase(rad)\n[RF]\n");
        for (int id = 1; id <= sequence.rfCount(); id++) {
            RfPulse p = sequence.rfPulse(id);
            List<String> fields = new ArrayList<>(List.of(
                    "" + id,
                    Numbers.exact(p.amplitudeHertz()),
                    "" + shapes.id(p.magnitude()),
                    "" + shapes.id(phase(p))));
            if (v14) {
                fields.add("" + shapes.id(p.timeRaster()));
            }
            if (v15) {
                fields.add(Numbers.digits(p.centerSeconds() * 1e6, 12));
            }
            fields.add(Numbers.scaled(p.delayPs(), PS_PER_MICROSECOND));
            if (v15) {
                fields.add(Numbers.exact(p.frequencyPpm()));
                fields.add(Numbers.exact(p.phasePpm()));
            }
            fields.add(Numbers.exact(p.frequencyHertz()));
            fields.add(Numbers.exact(p.phaseRadians()));
            if (v15) {
                fields.add("" + p.use().letter());
            }
            line(fields);
        }
    }

    /** Before 1.4 a pulse needs a phase shape. */
    private Shape phase(RfPulse pulse) {
        return v14 || pulse.phaseCycles() != null
                ? pulse.phaseCycles()
                : new Shape(new double[pulse.magnitude().length()]);
    }

    private void gradients() {
        List<List<String>> shaped = new ArrayList<>();
        List<List<String>> trapezoids = new ArrayList<>();
        for (int id = 1; id <= sequence.gradientCount(); id++) {
            Gradient gradient = sequence.gradient(id);
            if (gradient instanceof Gradient.Trapezoid t) {
                trapezoids.add(List.of(
                        "" + id,
                        Numbers.exact(t.amplitudeHertzPerMeter()),
                        Numbers.scaled(t.risePs(), PS_PER_MICROSECOND),
                        Numbers.scaled(t.flatPs(), PS_PER_MICROSECOND),
                        Numbers.scaled(t.fallPs(), PS_PER_MICROSECOND),
                        Numbers.scaled(t.delayPs(), PS_PER_MICROSECOND)));
            } else if (gradient instanceof Gradient.Uniform u) {
                int time = u.oversampled() ? -1 : 0;
                shaped.add(shaped(id, u, u.amplitudeHertzPerMeter(), u.first(), u.last(), u.shape(), time));
            } else if (gradient instanceof Gradient.Corners c) {
                double amplitude = c.amplitudeHertzPerMeter();
                double first = amplitude * c.shape().at(0);
                double last = amplitude * c.shape().at(c.shape().length() - 1);
                shaped.add(shaped(id, c, amplitude, first, last, c.shape(), shapes.id(c.timeRaster())));
            }
        }
        String header = v15
                ? "\n# id amp(Hz/m) first last shape time delay(us)\n[GRADIENTS]\n"
                : "\n# id amp(Hz/m) shape " + (v14 ? "time " : "") + "delay(us)\n[GRADIENTS]\n";
        section(header, shaped);
        section("\n# id amp(Hz/m) rise flat fall delay(us)\n[TRAP]\n", trapezoids);
    }

    private List<String> shaped(
            int id, Gradient gradient, double amplitude, double first, double last, Shape shape, int timeId) {
        List<String> fields = new ArrayList<>(List.of("" + id, Numbers.exact(amplitude)));
        if (v15) {
            fields.add(Numbers.exact(first));
            fields.add(Numbers.exact(last));
        }
        fields.add("" + shapes.id(shape));
        if (v14) {
            fields.add("" + timeId);
        }
        fields.add(Numbers.scaled(gradient.delayPs(), PS_PER_MICROSECOND));
        return fields;
    }

    private void adcs() {
        List<List<String>> lines = new ArrayList<>();
        for (int id = 1; id <= sequence.adcCount(); id++) {
            Adc adc = sequence.adc(id);
            List<String> fields = new ArrayList<>(List.of(
                    "" + id,
                    "" + adc.samples(),
                    Numbers.scaled(adc.dwellPs(), PS_PER_NANOSECOND),
                    Numbers.scaled(adc.delayPs(), PS_PER_MICROSECOND)));
            if (v15) {
                fields.add(Numbers.exact(adc.frequencyPpm()));
                fields.add(Numbers.exact(adc.phasePpm()));
            }
            fields.add(Numbers.exact(adc.frequencyHertz()));
            fields.add(Numbers.exact(adc.phaseRadians()));
            if (v15) {
                fields.add("" + shapes.id(adc.phaseShapeRadians()));
            }
            lines.add(fields);
        }
        String header = v15
                ? "\n# id num dwell(ns) delay(us) freq(ppm) phase(rad/MHz) freq(Hz) phase(rad) phase_shape\n[ADC]\n"
                : "\n# id num dwell(ns) delay(us) freq(Hz) phase(rad)\n[ADC]\n";
        section(header, lines);
    }

    private void section(String header, List<List<String>> lines) {
        if (!lines.isEmpty()) {
            out.append(header);
            lines.forEach(this::line);
        }
    }

    private void line(List<String> fields) {
        out.append(String.join(" ", fields)).append('\n');
    }

    private void writeShapes() {
        if (shapes.shapes().isEmpty()) {
            return;
        }
        out.append("\n[SHAPES]\n");
        int id = 0;
        for (Shape shape : shapes.shapes()) {
            out.append("\nshape_id ")
                    .append(++id)
                    .append("\nnum_samples ")
                    .append(shape.length())
                    .append('\n');
            double[] compressed =
                    v14 ? ShapeCodec.compress(shape.samples()) : ShapeCodec.compressAnyhow(shape.samples());
            if (compressed == null) {
                for (double value : shape.samples()) {
                    out.append(Numbers.exact(value)).append('\n');
                }
            } else {
                for (double value : compressed) {
                    Numbers.appendQuantised(out, value);
                    out.append('\n');
                }
            }
        }
    }
}
