package org.isocenter.session.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;
import org.isocenter.recon.image.SignalToNoise;
import org.isocenter.recon.spectrum.Figure;
import org.isocenter.recon.spectrum.Measurement;
import org.isocenter.session.run.ScanResult;

/** What people read of a scan. */
final class ScanText {
    private ScanText() {}

    static List<String> lines(ScanResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.header().protocolName() + ": " + result.state().name().toLowerCase(Locale.ROOT) + " ("
                + timing(result.timingSeconds()) + ")");
        images(result).forEach(image -> lines.add("  " + image));
        result.measurement().ifPresent(m -> lines.add("  " + measurement(m)));
        long dicom = result.files().stream()
                .filter(f -> f.toString().endsWith(".dcm"))
                .count();
        lines.add("  in " + result.directory() + ": raw.h5, sequence.seq, report.json"
                + (dicom > 0
                        ? ", preview.png, dicom (" + dicom + (dicom == 1 ? " file)" : " files)")
                        : result.measurement().isPresent() ? ", preview.png" : "; no images"));
        result.notes().forEach(note -> lines.add("  note: " + note));
        return lines;
    }

    /** A line for each volume. */
    static List<String> images(ScanResult result) {
        return IntStream.range(0, result.volumes().size())
                .mapToObj(i ->
                        volume(result.volumes().get(i), result.signalToNoise().get(i)))
                .toList();
    }

    /** "128×128×5, 1.56×1.56×5 mm, SNR 21". */
    static String volume(ImageVolume volume, SignalToNoise signalToNoise) {
        PatientGeometry geometry = volume.geometry();
        double snr = signalToNoise.value();
        return String.format(
                Locale.ROOT,
                "%simage %d×%d×%d, %.3g×%.3g×%.3g mm%s%s",
                volume.name().isEmpty() ? "" : volume.name() + ": ",
                volume.columns(),
                volume.rows(),
                volume.slices(),
                geometry.columnSpacingMeters() * 1e3,
                geometry.rowSpacingMeters() * 1e3,
                geometry.sliceSpacingMeters() * 1e3,
                quantity(volume.quantity()),
                Double.isFinite(snr) ? String.format(Locale.ROOT, ", SNR %.0f", snr) : "");
    }

    private static String quantity(Quantity quantity) {
        if (quantity == Quantity.MAGNITUDE) {
            return "";
        }
        return ", " + quantity.words() + (quantity.symbol().isEmpty() ? "" : " in " + quantity.symbol());
    }

    /** "spin echo: peak frequency 25.1 Hz, T2* 2.9 ± 0.1 ms". */
    static String measurement(Measurement measurement) {
        return measurement.kind().title() + ": "
                + measurement.figures().stream().map(Figure::text).collect(Collectors.joining(", "));
    }

    private static String timing(Map<String, Double> seconds) {
        List<String> parts = new ArrayList<>();
        for (String step : List.of("compile", "acquire", "recon", "export")) {
            if (seconds.containsKey(step)) {
                parts.add(String.format(Locale.ROOT, "%s %.2f s", step, seconds.get(step)));
            }
        }
        return String.join(", ", parts);
    }
}
