package org.isocenter.sequence.pulseq;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.isocenter.model.Rotation;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;

/** Writes a binary 1.5.2 file. That it can hold the sequence was seen to before. Shapes become single precision. */
final class BinaryWriter {
    /** A compressed shape may be this much worse than an uncompressed one, which is rounded to 6e-8. */
    private static final double SHAPE_ERROR = 2e-7;

    private static final String DECIMAL = "-?[0-9]+(\\.[0-9]+)?(e-?[0-9]+)?";

    private final Sequence sequence;
    private final ExtensionLists extensions;
    private final ShapeLibrary shapes = new ShapeLibrary();
    private final LittleEndian out = new LittleEndian();

    BinaryWriter(Sequence sequence) {
        this.sequence = sequence;
        this.extensions = new ExtensionLists(sequence);
    }

    byte[] bytes() {
        out.raw(BinaryCode.MAGIC);
        for (String part : PulseqVersion.BINARY_1_5_2.number().split("\\.")) {
            out.longInteger(Long.parseLong(part));
        }
        definitions(WrittenDefinitions.of(sequence, PulseqVersion.BINARY_1_5_2, extensions));
        blocks();
        rf();
        shapedGradients();
        trapezoids();
        adcs();
        writeShapes();
        writeExtensions();
        byte[] content = out.bytes();
        out.longInteger(BinaryCode.SIGNATURE.code).text("md5");
        byte[] hash = HexFormat.of().parseHex(Signatures.md5(content, content.length));
        return out.integer(hash.length).raw(hash).longInteger(content.length).bytes();
    }

    private void open(BinaryCode section, long count) {
        out.longInteger(section.code).longInteger(count);
    }

    private void definitions(Map<String, String> definitions) {
        open(BinaryCode.DEFINITIONS, definitions.size());
        definitions.forEach((key, value) -> {
            out.text(key);
            String[] words = value.split(" ");
            if (areNumbers(words)) {
                out.integer(words.length).letter('f');
                for (String word : words) {
                    out.number(Double.parseDouble(word));
                }
            } else {
                byte[] text = value.getBytes(StandardCharsets.UTF_8);
                out.integer(text.length).letter('c').raw(text);
            }
        });
    }

    /** Whether these are numbers that are written like that again. */
    private static boolean areNumbers(String[] words) {
        return Arrays.stream(words)
                .allMatch(word -> word.matches(DECIMAL)
                        && Numbers.exact(Double.parseDouble(word)).equals(word));
    }

    private void blocks() {
        long rasterPs = WrittenDefinitions.blockRasterPs(sequence);
        open(BinaryCode.BLOCKS, sequence.blockCount());
        for (int block = 0; block < sequence.blockCount(); block++) {
            out.longInteger(sequence.blockDurationPs(block) / rasterPs).integer(sequence.rfId(block));
            for (Axis axis : Axis.values()) {
                out.integer(sequence.gradientId(block, axis));
            }
            out.integer(sequence.adcId(block)).integer(sequence.extensionId(block));
        }
    }

    private void rf() {
        if (sequence.rfCount() == 0) {
            return;
        }
        open(BinaryCode.RF, sequence.rfCount());
        for (int id = 1; id <= sequence.rfCount(); id++) {
            RfPulse p = sequence.rfPulse(id);
            out.integer(id).number(p.amplitudeHertz());
            out.integer(shapes.id(p.magnitude()))
                    .integer(shapes.id(p.phaseCycles()))
                    .integer(shapes.id(p.timeRaster()));
            out.longInteger(Math.round(p.centerSeconds() * 1e12)).longInteger(p.delayPs());
            out.number(p.frequencyPpm())
                    .number(p.phasePpm())
                    .number(p.frequencyHertz())
                    .number(p.phaseRadians());
            out.letter(p.use().letter());
        }
    }

    private long count(Class<? extends Gradient> kind, boolean is) {
        long count = 0;
        for (int id = 1; id <= sequence.gradientCount(); id++) {
            count += kind.isInstance(sequence.gradient(id)) == is ? 1 : 0;
        }
        return count;
    }

    private void shapedGradients() {
        long count = count(Gradient.Trapezoid.class, false);
        if (count == 0) {
            return;
        }
        open(BinaryCode.GRADIENTS, count);
        for (int id = 1; id <= sequence.gradientCount(); id++) {
            Gradient gradient = sequence.gradient(id);
            if (gradient instanceof Gradient.Uniform u) {
                out.integer(id).number(u.amplitudeHertzPerMeter()).number(u.first());
                out.number(u.last()).integer(shapes.id(u.shape()));
                out.integer(u.oversampled() ? -1 : 0).longInteger(u.delayPs());
            } else if (gradient instanceof Gradient.Corners c) {
                double amplitude = c.amplitudeHertzPerMeter();
                out.integer(id).number(amplitude).number(amplitude * c.shape().at(0));
                out.number(amplitude * c.shape().at(c.shape().length() - 1)).integer(shapes.id(c.shape()));
                out.integer(shapes.id(c.timeRaster())).longInteger(c.delayPs());
            }
        }
    }

    private void trapezoids() {
        long count = count(Gradient.Trapezoid.class, true);
        if (count == 0) {
            return;
        }
        open(BinaryCode.TRAP, count);
        for (int id = 1; id <= sequence.gradientCount(); id++) {
            if (sequence.gradient(id) instanceof Gradient.Trapezoid t) {
                out.integer(id).number(t.amplitudeHertzPerMeter()).longInteger(t.risePs());
                out.longInteger(t.flatPs()).longInteger(t.fallPs()).longInteger(t.delayPs());
            }
        }
    }

    private void adcs() {
        if (sequence.adcCount() == 0) {
            return;
        }
        open(BinaryCode.ADC, sequence.adcCount());
        for (int id = 1; id <= sequence.adcCount(); id++) {
            Adc adc = sequence.adc(id);
            out.integer(id)
                    .longInteger(adc.samples())
                    .longInteger(adc.dwellPs())
                    .longInteger(adc.delayPs());
            out.number(adc.frequencyPpm())
                    .number(adc.phasePpm())
                    .number(adc.frequencyHertz())
                    .number(adc.phaseRadians());
            out.integer(shapes.id(adc.phaseShapeRadians()));
        }
    }

    private void writeShapes() {
        if (shapes.shapes().isEmpty()) {
            return;
        }
        open(BinaryCode.SHAPES, shapes.shapes().size());
        int id = 0;
        for (Shape shape : shapes.shapes()) {
            float[] stored = stored(shape.samples());
            out.integer(++id).longInteger(shape.length()).longInteger(stored.length);
            for (float value : stored) {
                out.single(value);
            }
        }
    }

    /** Compressed, unless the differences in single precision add up to something else. */
    private static float[] stored(double[] samples) {
        double[] compressed = ShapeCodec.compress(samples);
        if (compressed != null && compressed.length < samples.length) {
            double[] rounded =
                    Arrays.stream(compressed).map(value -> (float) value).toArray();
            double[] back = ShapeCodec.decompress(rounded, samples.length);
            if (back != null && largestError(back, samples) <= SHAPE_ERROR) {
                return singles(rounded);
            }
        }
        return singles(samples);
    }

    private static double largestError(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    private static float[] singles(double[] values) {
        float[] singles = new float[values.length];
        for (int i = 0; i < singles.length; i++) {
            singles[i] = (float) values[i];
        }
        return singles;
    }

    private void writeExtensions() {
        if (extensions.isEmpty()) {
            return;
        }
        open(BinaryCode.EXTENSIONS, extensions.links().size());
        int id = 0;
        for (ExtensionLists.Link link : extensions.links()) {
            out.integer(++id).integer(link.type()).integer(link.reference()).integer(link.next());
        }
        extensions.tables().forEach((name, table) -> {
            out.longInteger(section(name).code).integer(extensions.type(name)).longInteger(table.size());
            table.forEach((extension, entry) -> entry(entry, extension));
        });
    }

    private static BinaryCode section(String name) {
        return switch (name) {
            case ExtensionTable.TRIGGERS -> BinaryCode.TRIGGERS;
            case ExtensionTable.LABELSET -> BinaryCode.LABELSET;
            case ExtensionTable.LABELINC -> BinaryCode.LABELINC;
            case ExtensionTable.SOFT_DELAYS -> BinaryCode.SOFT_DELAYS;
            case ExtensionTable.RF_SHIMS -> BinaryCode.RF_SHIMS;
            case ExtensionTable.ROTATIONS -> BinaryCode.ROTATIONS;
            default -> throw new IllegalStateException("no binary section for extension " + name);
        };
    }

    private void entry(int id, Extension extension) {
        out.integer(id);
        if (extension instanceof Extension.Trigger t) {
            out.integer(t.type()).integer(t.channel()).longInteger(t.delayPs()).longInteger(t.durationPs());
        } else if (extension instanceof Extension.Label label) {
            out.integer(label.value()).integer(Labels.DEFINED.indexOf(label.name()) + 1);
        } else if (extension instanceof Extension.SoftDelay d) {
            out.integer(d.number()).longInteger(d.offsetPs()).number(d.factor()).text(d.hint());
        } else if (extension instanceof Extension.RfShim shim) {
            out.integer(shim.magnitudePhase().size() / 2);
            shim.magnitudePhase().forEach(out::number);
        } else if (extension instanceof Extension.Turn turn) {
            Rotation q = turn.rotation();
            out.number(q.w()).number(q.x()).number(q.y()).number(q.z());
        }
    }
}
