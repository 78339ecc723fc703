package org.isocenter.session.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.Scanner;
import org.isocenter.model.Diffusion;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Protocol;
import org.isocenter.model.RawData;
import org.isocenter.model.Vec3;
import org.isocenter.recon.ChainRecord;
import org.isocenter.recon.image.SignalToNoise;
import org.isocenter.recon.spectrum.Measurement;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.check.CheckReport;
import org.isocenter.sequence.check.CheckResult;
import org.isocenter.session.SoftwareVersion;
import org.isocenter.session.archive.ArchivedFile;

/**
 * {@code report.json}: the keys are a contract with scripts. SI units. Numbers that are not known are null. What is known
 * before the scan is journalled with it, so that a scan that was cut short can still be reported in full. Holds nothing of
 * the patient.
 */
final class ScanReport {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Parts of {@code timing}, in the order in which they happen; firstPreview counts from the arrival of its data. */
    private static final List<String> TIMINGS =
            List.of("compile", "acquire", "firstImage", "firstPreview", "recon", "export");

    private final ObjectNode root;

    private ScanReport(ObjectNode root) {
        this.root = root;
    }

    /** What is known before the scan. */
    static ScanReport beforeScan(
            String scanId,
            SequencePlan plan,
            Protocol protocol,
            CheckReport checks,
            Scanner scanner,
            ScanRequest request) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("scan", scanId);
        ObjectNode sequence = root.putObject("sequence");
        sequence.put("name", plan.parameters().sequenceName());
        ObjectNode parameters = sequence.putObject("parameters");
        if (protocol != null) {
            protocol.values().keySet().forEach(name -> putParameter(parameters, protocol, name));
            ArrayNode shown = sequence.putArray("shown");
            protocol.values().keySet().forEach(name -> shown.add(shown(protocol, name)));
        } else {
            sequence.put("file", request.sequenceFile().getFileName().toString());
            request.softDelaySeconds().forEach(parameters::put);
        }
        number(sequence, "duration", plan.sequence().durationPs() * 1e-12);
        ArrayNode list = root.putArray("checks");
        checks.results().forEach(check -> list.add(check(check)));
        ArrayNode unlimited = root.putArray("noLimitGiven");
        checks.notLimited().forEach(check -> unlimited.add(check.name()));
        ArrayNode unchecked = root.putArray("notChecked");
        checks.notChecked().forEach(unchecked::add);
        ObjectNode device = root.putObject("device");
        device.put("uri", request.device().toString());
        device.put("description", scanner.description());
        device.put("firmware", scanner.firmware());
        Calibration calibration = Calibration.of(scanner);
        device.put("calibration", calibration.id());
        device.put("calibrationNumbers", calibration.numbers());
        device.putArray("interlocks");
        SoftwareVersion software = SoftwareVersion.current();
        root.putObject("software").put("version", software.version()).put("commit", software.commit());
        ObjectNode series = root.putObject("series");
        series.put("description", request.seriesDescription());
        series.put("number", request.seriesNumber());
        ScanReport report = new ScanReport(root);
        report.dicomOutput(request.dicom());
        return report;
    }

    /** Who wrote the sequence's file, and by whose rules it was read. */
    void sequenceFile(PlayedFile file) {
        root.withObject("/sequence").put("writer", file.writer()).put("readAs", file.readAs());
    }

    /** As it was journalled; an empty or damaged text gives an empty report. */
    static ScanReport fromJournal(String text) {
        try {
            JsonNode parsed = MAPPER.readTree(text);
            if (parsed instanceof ObjectNode object) {
                return new ScanReport(object);
            }
        } catch (JsonProcessingException e) {
            // The journal was cut within it: the images can be made all the same.
            return new ScanReport(JsonNodeFactory.instance.objectNode());
        }
        return new ScanReport(JsonNodeFactory.instance.objectNode());
    }

    private static void putParameter(ObjectNode into, Protocol protocol, String name) {
        switch (protocol.spec(name).kind()) {
            case CHOICE -> into.put(name, protocol.choice(name));
            case FLAG -> into.put(name, protocol.flag(name));
            case COUNT -> into.put(name, protocol.count(name));
            case QUANTITY -> number(into, name, protocol.number(name));
        }
    }

    /** As people read it. */
    private static ObjectNode shown(Protocol protocol, String name) {
        ParameterSpec spec = protocol.spec(name);
        String text = switch (spec.kind()) {
            case CHOICE -> protocol.choice(name);
            case FLAG -> protocol.flag(name) ? "yes" : "no";
            case COUNT -> Integer.toString(protocol.count(name));
            case QUANTITY -> spec.unit().display(protocol.number(name));
        };
        return JsonNodeFactory.instance.objectNode().put("label", spec.label()).put("text", text);
    }

    /** The whole of it. Must not be changed. */
    JsonNode json() {
        return root;
    }

    /** One check as reports and {@code seq check} give it. */
    static ObjectNode check(CheckResult check) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", check.name());
        number(node, "value", check.value());
        number(node, "limit", check.limit());
        node.put("unit", check.unit());
        node.put("pass", check.pass());
        if (!check.detail().isEmpty()) {
            node.put("detail", check.detail());
        }
        return node;
    }

    String seriesDescription(String otherwise) {
        return root.path("series").path("description").asText(otherwise);
    }

    int seriesNumber(int otherwise) {
        return root.path("series").path("number").asInt(otherwise);
    }

    /** As what the images are to be kept. */
    void dicomOutput(DicomOutput output) {
        root.withObject("/series")
                .put("objects", output.objects().name().toLowerCase(Locale.ROOT))
                .put("extended", output.extended())
                .put("report", output.report());
    }

    DicomOutput dicomOutput() {
        JsonNode series = root.path("series");
        String objects = series.path("objects").asText("");
        boolean extended = series.path("extended").asBoolean(false);
        for (DicomOutput.Objects known : DicomOutput.Objects.values()) {
            if (known.name().equalsIgnoreCase(objects)) {
                return new DicomOutput(known, extended, series.path("report").asBoolean(false));
            }
        }
        return DicomOutput.STANDARD;
    }

    void acquisition(RawData raw, ScanState state, OffsetDateTime end) {
        ObjectNode acquisition = root.putObject("acquisition");
        long samples = 0;
        for (int i = 0; i < raw.size(); i++) {
            samples += raw.readout(i).header().samples();
        }
        acquisition.put("readouts", raw.size());
        acquisition.put("expected", raw.expected());
        acquisition.put("samples", samples);
        acquisition.put("lost", state == ScanState.DONE ? raw.expected() - raw.size() : 0);
        acquisition.put("start", raw.header().start().toString());
        acquisition.put("end", end.toString());
        acquisition.put("state", state.name());
    }

    /** Those that stopped the scan. */
    void interlocks(List<Interlock> interlocks) {
        ArrayNode array = root.withObject("/device").putArray("interlocks");
        for (Interlock each : interlocks) {
            array.addObject()
                    .put("kind", each.kind().name())
                    .put("reason", each.reason())
                    .put("since", each.since().toString());
        }
    }

    void timing(Map<String, Double> seconds) {
        ObjectNode timing = root.putObject("timing");
        TIMINGS.forEach(name -> number(timing, name, seconds.getOrDefault(name, Double.NaN)));
    }

    /**
     * {@code image} is the first volume; {@code images} are all.
     *
     * @param signalToNoise of each
     */
    void images(List<ImageVolume> volumes, List<SignalToNoise> signalToNoise) {
        ArrayNode images = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < volumes.size(); i++) {
            images.add(image(volumes.get(i), signalToNoise.get(i)));
        }
        root.set("image", images.isEmpty() ? JsonNodeFactory.instance.nullNode() : images.get(0));
        root.set("images", images);
    }

    private static ObjectNode image(ImageVolume volume, SignalToNoise signalToNoise) {
        ObjectNode image = JsonNodeFactory.instance.objectNode();
        PatientGeometry geometry = volume.geometry();
        image.put("name", volume.name());
        image.put("quantity", volume.quantity().words());
        image.put("unit", volume.quantity().symbol());
        image.putArray("matrix").add(volume.columns()).add(volume.rows()).add(volume.slices());
        image.putArray("voxel")
                .add(geometry.columnSpacingMeters())
                .add(geometry.rowSpacingMeters())
                .add(geometry.sliceSpacingMeters());
        ArrayNode orientation = image.putArray("orientation");
        for (Vec3 direction : List.of(geometry.row(), geometry.column())) {
            orientation.add(direction.x()).add(direction.y()).add(direction.z());
        }
        number(image, "snr", signalToNoise.value());
        image.put("snrMethod", signalToNoise.method());
        Diffusion diffusion = volume.diffusion();
        if (diffusion != null) {
            image.put("bValue", diffusion.secondsPerSquareMeter());
            Vec3 direction = diffusion.direction();
            image.putArray("diffusionDirection")
                    .add(direction.x())
                    .add(direction.y())
                    .add(direction.z());
        }
        return image;
    }

    /** By which chains the images were made. */
    void reconstruction(List<ChainRecord> chains) {
        root.set("reconstruction", ReconstructionJson.of(chains));
    }

    /** Of a scan without spatial encoding: figures with errors, and the points that a curve was fitted to. */
    void measurement(Measurement measurement) {
        root.set("measurement", MeasurementJson.of(measurement));
    }

    void notes(List<String> notes) {
        ArrayNode array = root.putArray("notes");
        notes.forEach(array::add);
    }

    void files(List<ArchivedFile> files) {
        ArrayNode array = root.putArray("files");
        for (ArchivedFile file : files) {
            array.addObject()
                    .put("path", file.path())
                    .put("sha256", file.sha256())
                    .put("bytes", file.bytes());
        }
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DigestInputStream digest = new DigestInputStream(in, newSha256());
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        }
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(newSha256().digest(bytes));
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** On one line. */
    String compact() {
        return root.toString();
    }

    void write(Path file) throws IOException {
        Files.write(file, pretty().getBytes(StandardCharsets.UTF_8));
    }

    private String pretty() {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON knows no NaN and no infinity. */
    static void number(ObjectNode into, String name, double value) {
        if (Double.isFinite(value)) {
            into.put(name, value);
        } else {
            into.putNull(name);
        }
    }
}
