package org.isocenter.hardware.virtual.phantom.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isocenter.hardware.virtual.phantom.CommonLabels;
import org.isocenter.hardware.virtual.phantom.LabelVolume;
import org.isocenter.hardware.virtual.phantom.Material;

/**
 * What a label volume's numbers mean: {@code NAME.labels.yaml} (a list {@code labels:} of entries) or {@code NAME.labels.tsv}
 * (a line of column names, then a line each) beside {@code NAME.nii} or {@code NAME.nii.gz}; without one,
 * {@link CommonLabels}. Columns are {@code label, name, density, t1Seconds, t2Seconds} and, when wanted,
 * {@code t2PrimeSeconds, diffusionSquareMetersPerSecond, shiftPpm, susceptibilityPpm}. When a label has a susceptibility (SI; the
 * first line with that label says it), those that have none are water, or air if their density is 0. Several lines with one label are pools that share its
 * voxels. A density of 0 is air, and so is label 0 if the table does not name it.
 */
final class LabelTable {
    private static final long LARGEST_BYTES = 1 << 20;
    private static final List<String> COLUMNS = List.of(
            "label",
            "name",
            "density",
            "t1Seconds",
            "t2Seconds",
            "t2PrimeSeconds",
            "diffusionSquareMetersPerSecond",
            "shiftPpm",
            "susceptibilityPpm");
    /** Of water at 37 °C, SI (Schenck, Med Phys 23:815, 1996). */
    private static final double WATER_PPM = -9.05;
    /** Beyond it a field is no longer of first order. */
    private static final double MOST_PPM = 1e4;

    private final Path path;
    private final Map<Integer, List<Material>> labels = new TreeMap<>();
    private final Map<Integer, Double> susceptibilityPpm = new TreeMap<>();

    /**
     * @param pools of each label
     * @param susceptibilityPpm of each label, SI; empty when the table has none
     */
    record Content(Map<Integer, List<Material>> pools, Map<Integer, Double> susceptibilityPpm) {}

    private LabelTable(Path path) {
        this.path = path;
    }

    /** What labels mean. */
    static Content of(Path volume, double fieldTesla) throws PhantomFileException {
        String name = volume.getFileName().toString().replaceFirst("(?i)\\.nii(\\.gz)?$", "");
        for (String ending : new String[] {".labels.yaml", ".labels.yml", ".labels.tsv"}) {
            Path path = volume.resolveSibling(name + ending);
            if (Files.isRegularFile(path)) {
                return new LabelTable(path).read(ending.endsWith("tsv"));
            }
        }
        return new Content(CommonLabels.at(fieldTesla), Map.of());
    }

    private Content read(boolean tabs) throws PhantomFileException {
        try {
            if (Files.size(path) > LARGEST_BYTES) {
                throw new PhantomFileException(path, "it is larger than the " + LARGEST_BYTES + " bytes that are read");
            }
            List<Map<String, String>> rows = tabs ? tsv() : yaml();
            for (int i = 0; i < rows.size(); i++) {
                add(rows.get(i), "entry " + (i + 1));
            }
        } catch (PhantomFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new PhantomFileException(path, "it cannot be read (" + first + ")", e);
        }
        labels.putIfAbsent(0, List.of());
        return new Content(labels, susceptibility());
    }

    /** Of all labels, when any has one. */
    private Map<Integer, Double> susceptibility() {
        if (!susceptibilityPpm.isEmpty()) {
            labels.forEach((label, pools) ->
                    susceptibilityPpm.putIfAbsent(label, pools.isEmpty() ? LabelVolume.AIR_PPM : WATER_PPM));
        }
        return susceptibilityPpm;
    }

    private List<Map<String, String>> yaml() throws IOException {
        JsonNode list = new YAMLMapper().readTree(path.toFile()).path("labels");
        if (!list.isArray()) {
            throw new PhantomFileException(path, "expected a list 'labels:' of entries that begin with '-'");
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (JsonNode entry : list) {
            Map<String, String> row = new LinkedHashMap<>();
            for (Iterator<String> keys = entry.fieldNames(); keys.hasNext(); ) {
                String key = keys.next();
                row.put(key, entry.get(key).asText());
            }
            rows.add(row);
        }
        return rows;
    }

    private List<Map<String, String>> tsv() throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        String[] names = null;
        for (String line : Files.readAllLines(path)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split("\t", -1);
            if (names == null) {
                names = cells;
                continue;
            }
            if (cells.length != names.length) {
                throw new PhantomFileException(
                        path,
                        "line '" + line.strip() + "' has " + cells.length + " cells for " + names.length
                                + " columns: separate them by tabulators");
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < cells.length; i++) {
                if (!cells[i].isBlank()) {
                    row.put(names[i].strip(), cells[i].strip());
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private void add(Map<String, String> row, String where) throws PhantomFileException {
        for (String key : row.keySet()) {
            if (!COLUMNS.contains(key)) {
                throw new PhantomFileException(
                        path, where + ": '" + key + "' is not known; known are " + String.join(", ", COLUMNS));
            }
        }
        double label = number(row, where, "label", null, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (label != Math.rint(label)) {
            throw new PhantomFileException(path, where + ": label " + label + " is not a whole number");
        }
        List<Material> pools = labels.computeIfAbsent((int) label, l -> new ArrayList<>());
        if (row.containsKey("susceptibilityPpm")) {
            susceptibilityPpm.putIfAbsent(
                    (int) label, number(row, where, "susceptibilityPpm", null, -MOST_PPM, MOST_PPM));
        }
        double density = number(row, where, "density", null, 0, 100);
        if (density == 0) {
            return;
        }
        pools.add(new Material(
                row.getOrDefault("name", "label " + (int) label),
                density,
                number(row, where, "t1Seconds", null, 1e-6, 1e6),
                number(row, where, "t2Seconds", null, 1e-6, 1e6),
                number(row, where, "diffusionSquareMetersPerSecond", 0.0, 0, 1e-6),
                number(row, where, "shiftPpm", 0.0, -1e4, 1e4),
                number(row, where, "t2PrimeSeconds", Double.POSITIVE_INFINITY, 1e-6, Double.POSITIVE_INFINITY)));
    }

    private double number(
            Map<String, String> row, String where, String key, Double otherwise, double least, double most)
            throws PhantomFileException {
        String text = row.get(key);
        if (text == null && otherwise != null) {
            return otherwise;
        }
        double value;
        try {
            value = text == null ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!(value >= least && value <= most)) {
            throw new PhantomFileException(
                    path,
                    where + ": " + key + (text == null ? " is missing" : " is '" + text + "'")
                            + ", expected a number from " + least + " to " + most);
        }
        return value;
    }
}
