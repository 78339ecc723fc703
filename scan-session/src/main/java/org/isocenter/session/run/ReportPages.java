package org.isocenter.session.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.isocenter.dicom.iod.RasterImage;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.PngImage;
import org.isocenter.recon.page.PageItem;
import org.isocenter.recon.page.PagePicture;
import org.isocenter.recon.spectrum.Figure;
import org.isocenter.recon.spectrum.Measurement;

/**
 * A scan's report as pages to read: parameters, what the checks say of the patient's exposure, images, figures, notes. Nothing of
 * the patient, no date and no device stands on them: pictures are not changed when objects are made anonymous.
 */
final class ReportPages {
    private static final int SIGNIFICANT = 4;
    /** Of checks that compare timings, which pass or the scan would not have run. */
    private static final Set<String> TIMING_UNITS = Set.of("us", "faults", "samples");

    private final JsonNode report;
    private final List<PageItem> items = new ArrayList<>();

    private ReportPages(ScanReport report) {
        this.report = report.json();
    }

    /** @param report with all but the files */
    static List<RasterImage> of(
            ScanReport report, ScanHeader header, List<ImageVolume> volumes, Optional<Measurement> measurement) {
        ReportPages pages = new ReportPages(report);
        pages.head(header);
        pages.images(volumes);
        measurement.ifPresent(pages::measurement);
        pages.parameters();
        pages.exposure();
        pages.notes();
        return PagePicture.pages(pages.items).stream().map(ReportPages::raster).toList();
    }

    static RasterImage raster(PngImage page) {
        return new RasterImage(page.columns(), page.rows(), page.channels(), page.samples());
    }

    private void head(ScanHeader header) {
        items.add(new PageItem.Heading("Scan report: " + header.protocolName()));
        List<List<String>> rows = new ArrayList<>();
        row(rows, "Sequence", header.sequence().sequenceName());
        row(rows, "State", report.at("/acquisition/state").asText().toLowerCase(Locale.ROOT));
        JsonNode acquisition = report.path("acquisition");
        row(
                rows,
                "Readouts",
                acquisition.path("readouts").asText() + " of "
                        + acquisition.path("expected").asText());
        JsonNode duration = report.at("/sequence/duration");
        row(rows, "Duration", duration.isNumber() ? number(duration) + " s" : "");
        row(rows, "Software", header.scanner().softwareVersion());
        row(rows, "Reconstruction", report.at("/reconstruction/chain").asText(""));
        items.add(new PageItem.Table(rows));
    }

    private static void row(List<List<String>> rows, String label, String text) {
        if (text != null && !text.isBlank()) {
            rows.add(List.of(label, text));
        }
    }

    private void images(List<ImageVolume> volumes) {
        if (volumes.isEmpty()) {
            return;
        }
        items.add(new PageItem.Heading("Images"));
        List<List<String>> rows = new ArrayList<>();
        Set<String> methods = new LinkedHashSet<>();
        rows.add(List.of("name", "matrix", "voxel mm", "quantity", "SNR"));
        for (JsonNode image : report.path("images")) {
            JsonNode matrix = image.path("matrix");
            JsonNode voxel = image.path("voxel");
            JsonNode ratio = image.path("snr");
            String unit = image.path("unit").asText("");
            rows.add(List.of(
                    image.path("name").asText(""),
                    matrix.path(0).asInt() + "×" + matrix.path(1).asInt() + "×"
                            + matrix.path(2).asInt(),
                    millimeters(voxel.path(0)) + "×" + millimeters(voxel.path(1)) + "×" + millimeters(voxel.path(2)),
                    image.path("quantity").asText("") + (unit.isEmpty() ? "" : " in " + unit),
                    ratio.isNumber() ? number(ratio) : ""));
            if (ratio.isNumber()) {
                methods.add(image.path("snrMethod").asText(""));
            }
        }
        items.add(new PageItem.Table(rows));
        methods.forEach(method -> items.add(new PageItem.Text("SNR: " + method)));
        items.add(new PageItem.Images(volumes));
    }

    private void measurement(Measurement measurement) {
        items.add(new PageItem.Heading(measurement.kind().title()));
        for (Figure figure : measurement.figures()) {
            items.add(new PageItem.Text(figure.text()));
        }
        items.add(new PageItem.Plot(measurement));
    }

    /** Two beside each other. */
    private void parameters() {
        List<List<String>> rows = new ArrayList<>();
        JsonNode shown = report.at("/sequence/shown");
        int half = (shown.size() + 1) / 2;
        for (int i = 0; i < half; i++) {
            List<String> row = new ArrayList<>();
            for (int at = i; at < shown.size(); at += half) {
                row.add(shown.path(at).path("label").asText());
                row.add(shown.path(at).path("text").asText());
            }
            rows.add(row);
        }
        add("Parameters", rows);
    }

    private void exposure() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode check : report.path("checks")) {
            String unit = check.path("unit").asText("");
            if (TIMING_UNITS.contains(unit)) {
                continue;
            }
            JsonNode limit = check.path("limit");
            rows.add(List.of(
                    check.path("name").asText(),
                    number(check.path("value")) + (unit.equals("1") ? "" : " " + unit),
                    limit.isNumber() ? "limit " + number(limit) : "no limit given",
                    check.path("pass").asBoolean() ? "" : "NOT KEPT"));
        }
        if (!rows.isEmpty()) {
            add("Safety", rows);
        }
    }

    private void notes() {
        if (!report.path("notes").isEmpty()) {
            items.add(new PageItem.Heading("Notes"));
            report.path("notes").forEach(note -> items.add(new PageItem.Text(note.asText())));
        }
    }

    private void add(String heading, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            items.add(new PageItem.Heading(heading));
            items.add(new PageItem.Table(rows));
        }
    }

    private static String millimeters(JsonNode meters) {
        return rounded(1e3 * meters.asDouble());
    }

    private static String number(JsonNode node) {
        return node.isNumber() ? rounded(node.asDouble()) : "unknown";
    }

    /** To four significant digits, without zeros that say nothing. */
    private static String rounded(double value) {
        return new BigDecimal(value)
                .round(new MathContext(SIGNIFICANT))
                .stripTrailingZeros()
                .toPlainString();
    }
}
