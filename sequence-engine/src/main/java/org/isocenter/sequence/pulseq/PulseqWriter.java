package org.isocenter.sequence.pulseq;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Sequence;

/**
 * Writes a sequence as Pulseq text with an MD5 signature. Numbers are written so that they read back the same, but for shapes
 * that compress, which are rounded to 1e-7 of their amplitude. The same sequence gives the same bytes. Stateless; any thread.
 */
public final class PulseqWriter {
    private static final List<String> OWN_DEFINITIONS = List.of("TotalDuration", "RequiredExtensions");
    private static final long PS_PER_MICROSECOND = 1_000_000;
    private static final long PS_PER_NANOSECOND = 1000;

    private final Sequence sequence;
    private final boolean v15;
    private final long blockRasterPs;
    private final StringBuilder out = new StringBuilder(1 << 16);
    private final ShapeLibrary shapes = new ShapeLibrary();

    private PulseqWriter(Sequence sequence, PulseqVersion version) {
        this.sequence = sequence;
        this.v15 = version == PulseqVersion.V1_5_1;
        this.blockRasterPs = blockRasterPs(sequence);
    }

    /**
     * What this version cannot hold of the sequence, for the user; empty when nothing would be lost. RF uses and centres,
     * which 1.4 readers work out for themselves, do not count.
     */
    public static List<String> losses(Sequence sequence, PulseqVersion version) {
        Set<String> losses = new LinkedHashSet<>(tooLong(sequence));
        if (version == PulseqVersion.V1_5_1) {
            return List.copyOf(losses);
        }
        for (int id = 1; id <= sequence.rfCount(); id++) {
            RfPulse rf = sequence.rfPulse(id);
            if (rf.frequencyPpm() != 0 || rf.phasePpm() != 0) {
                losses.add("RF offsets in ppm");
            }
        }
        for (int id = 1; id <= sequence.adcCount(); id++) {
            Adc adc = sequence.adc(id);
            if (adc.frequencyPpm() != 0 || adc.phasePpm() != 0) {
                losses.add("ADC offsets in ppm");
            }
            if (adc.phaseShapeRadians() != null) {
                losses.add("ADC phase shapes");
            }
        }
        for (int id = 1; id <= sequence.gradientCount(); id++) {
            if (sequence.gradient(id) instanceof Gradient.Uniform uniform && uniform.oversampled()) {
                losses.add("oversampled gradients");
            }
        }
        for (int id = 1; id <= sequence.extensionListCount(); id++) {
            for (Extension extension : sequence.extensions(id)) {
                if (extension instanceof Extension.Turn) {
                    losses.add("rotations");
                } else if (extension instanceof Extension.RfShim) {
                    losses.add("RF shims");
                } else if (extension instanceof Extension.SoftDelay) {
                    losses.add("soft delays");
                }
            }
        }
        return List.copyOf(losses);
    }

    /** Blocks of old files need not lie on a raster; the raster is made as fine as they need. */
    private static long blockRasterPs(Sequence sequence) {
        long raster = sequence.rasters().blockPs();
        for (int block = 0; block < sequence.blockCount(); block++) {
            long rest = sequence.blockDurationPs(block);
            while (rest != 0) {
                long next = raster % rest;
                raster = rest;
                rest = next;
            }
        }
        return raster;
    }

    private static List<String> tooLong(Sequence sequence) {
        long raster = blockRasterPs(sequence);
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.blockDurationPs(block) / raster > Integer.MAX_VALUE) {
                return List.of("the duration of block " + (block + 1) + " (" + sequence.blockDurationPs(block)
                        + " ps) on the raster of " + raster + " ps that the blocks need");
            }
        }
        return List.of();
    }

    /**
     * The file's bytes.
     *
     * @throws IllegalArgumentException naming what the version cannot hold; see {@link #losses}
     */
    public static byte[] write(Sequence sequence, PulseqVersion version) {
        List<String> losses = losses(sequence, version);
        if (!losses.isEmpty()) {
            throw new IllegalArgumentException("Pulseq " + version + " cannot hold: " + String.join(", ", losses)
                    + (version == PulseqVersion.V1_5_1 ? "" : "; write it as " + PulseqVersion.V1_5_1));
        }
        return new PulseqWriter(sequence, version).bytes(version);
    }

    /** Writes a file whole or not at all; one that is there is replaced. */
    public static void write(Sequence sequence, PulseqVersion version, Path file) throws IOException {
        byte[] bytes = write(sequence, version);
        // Not Files.createTempFile: that makes a file that only its owner may read.
        Path temporary = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private byte[] bytes(PulseqVersion version) {
        String[] parts = version.toString().split("\\.");
        out.append("# Pulseq sequence file\n# Created by Isocenter\n\n[VERSION]\nmajor ")
                .append(parts[0])
                .append("\nminor ")
                .append(parts[1])
                .append("\nrevision ")
                .append(parts[2])
                .append('\n');
        definitions();
        blocks();
        rf();
        gradients();
        adcs();
        new ExtensionWriter(sequence).write(out);
        shapes.write(out);
        byte[] content = out.toString().getBytes(StandardCharsets.UTF_8);
        out.append("\n[SIGNATURE]\n# MD5 of all before the newline in front of this section\nType md5\nHash ")
                .append(Signatures.md5(content, content.length))
                .append('\n');
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void definitions() {
        Rasters rasters = sequence.rasters();
        Map<String, String> all = new TreeMap<>();
        all.put("GradientRasterTime", Numbers.seconds(rasters.gradientPs()));
        all.put("RadiofrequencyRasterTime", Numbers.seconds(rasters.rfPs()));
        all.put("AdcRasterTime", Numbers.seconds(rasters.adcPs()));
        all.put("BlockDurationRaster", Numbers.seconds(blockRasterPs));
        sequence.definitions().forEach((key, value) -> {
            if (!OWN_DEFINITIONS.contains(key)) {
                all.put(key, value);
            }
        });
        all.put("TotalDuration", Numbers.seconds(sequence.durationPs()));
        String required = requiredExtensions();
        if (!required.isEmpty()) {
            all.put("RequiredExtensions", required);
        }
        out.append("\n[DEFINITIONS]\n");
        all.forEach((key, value) -> out.append(key)
                .append(" ")
                .append(value.replaceAll("[\\r\\n]+", " "))
                .append('\n'));
    }

    private String requiredExtensions() {
        Set<String> names = new LinkedHashSet<>(List.of(sequence.definitions()
                .getOrDefault("RequiredExtensions", "")
                .trim()
                .split("[ \t]+")));
        names.remove("");
        for (int id = 1; id <= sequence.extensionListCount(); id++) {
            if (sequence.extensions(id).stream().anyMatch(Extension.Turn.class::isInstance)) {
                names.add("ROTATIONS");
            }
        }
        return String.join(" ", names);
    }

    private void blocks() {
        out.append("\n# id duration(block rasters) rf gx gy gz adc ext\n[BLOCKS]\n");
        for (int block = 0; block < sequence.blockCount(); block++) {
            out.append(block + 1)
                    .append(' ')
                    .append(sequence.blockDurationPs(block) / blockRasterPs)
                    .append(' ')
                    .append(sequence.rfId(block));
            for (Axis axis : Axis.values()) {
                out.append(' ').append(sequence.gradientId(block, axis));
            }
            out.append(' ')
                    .append(sequence.adcId(block))
                    .append(' ')
                    .append(sequence.extensionId(block))
                    .append('\n');
        }
    }

    private void rf() {
        if (sequence.rfCount() == 0) {
            return;
        }
        out.append(
                v15
                        ? "\n# id amp(Hz) mag phase time center(us) delay(us) freq(ppm) phase(rad/MHz) freq(Hz) phase(rad) use\n[RF]\n"
                        : "\n# id amp(Hz) mag phase time delay(us) freq(Hz) phase(rad)\n[RF]\n");
        for (int id = 1; id <= sequence.rfCount(); id++) {
            RfPulse p = sequence.rfPulse(id);
            List<String> fields = new ArrayList<>(List.of(
                    "" + id,
                    Numbers.exact(p.amplitudeHertz()),
                    "" + shapes.id(p.magnitude()),
                    "" + shapes.id(p.phaseCycles()),
                    "" + shapes.id(p.timeRaster())));
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
                int timeId = u.oversampled() ? -1 : 0;
                shaped.add(shaped(
                        id,
                        u.amplitudeHertzPerMeter(),
                        u.first(),
                        u.last(),
                        shapes.id(u.shape()),
                        timeId,
                        u.delayPs()));
            } else if (gradient instanceof Gradient.Corners c) {
                double first = c.amplitudeHertzPerMeter() * c.shape().at(0);
                double last =
                        c.amplitudeHertzPerMeter() * c.shape().at(c.shape().length() - 1);
                shaped.add(shaped(
                        id,
                        c.amplitudeHertzPerMeter(),
                        first,
                        last,
                        shapes.id(c.shape()),
                        shapes.id(c.timeRaster()),
                        c.delayPs()));
            }
        }
        String header = v15
                ? "\n# id amp(Hz/m) first last shape time delay(us)\n[GRADIENTS]\n"
                : "\n# id amp(Hz/m) shape time delay(us)\n[GRADIENTS]\n";
        section(header, shaped);
        section("\n# id amp(Hz/m) rise flat fall delay(us)\n[TRAP]\n", trapezoids);
    }

    private List<String> shaped(
            int id, double amplitude, double first, double last, int shapeId, int timeId, long delayPs) {
        List<String> fields = new ArrayList<>(List.of("" + id, Numbers.exact(amplitude)));
        if (v15) {
            fields.add(Numbers.exact(first));
            fields.add(Numbers.exact(last));
        }
        fields.addAll(List.of("" + shapeId, "" + timeId, Numbers.scaled(delayPs, PS_PER_MICROSECOND)));
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
}
