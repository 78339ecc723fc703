package org.isocenter.dicom.iod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Dictionary;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.validate.Finding;
import org.isocenter.dicom.validate.ObjectValidator;
import org.isocenter.model.Diffusion;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What dciodvfy misses when an attribute is taken out, or emptied, our own checks miss too. */
class ValidatorAblationTest {
    private static final int MAX_DEPTH = 4;
    /** The other validator takes its time: of so many attributes one is emptied, besides being taken out. */
    private static final int EMPTIED = 4;

    @TempDir
    Path folder;

    static Stream<Arguments> objects() {
        ScanHeader header = Examples.header(Examples.head(), Examples.SPIN_ECHO);
        ImageVolume volume = Examples.volume(EncodingGeometry.AXIAL, 2);
        ScanHeader diffusion = Examples.header(
                Examples.head(), Examples.sequence("dwi2d", List.of("EP", "SE"), List.of("SK"), "2D", 8));
        List<ImageVolume> weighted = new ArrayList<>();
        for (Diffusion each : List.of(Diffusion.NONE, new Diffusion(5e8, Vec3.X))) {
            weighted.add(new ImageVolume(
                    "b", volume.columns(), volume.rows(), 2, volume.pixels(), volume.geometry(), 0, 1, each));
        }
        List<String> notes = new ArrayList<>();
        return Stream.of(
                Arguments.of(
                        "single",
                        MrImageWriter.objects(Examples.only(volume), header, Examples.series(1), Extension.NONE, notes)
                                .get(0)),
                Arguments.of(
                        "enhanced",
                        EnhancedMrWriter.object(
                                ImageGroup.of(weighted, Examples.PROCESSING).get(0),
                                diffusion,
                                Examples.series(2),
                                Extension.NONE,
                                notes)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objects")
    void whatAnotherValidatorMissesIsMissed(String name, Attributes whole) throws IOException {
        assertThat(ours(whole)).isEmpty();
        TreeSet<String> unseen = new TreeSet<>();
        TreeSet<String> stricter = new TreeSet<>();
        List<Change> changes = new ArrayList<>();
        collect(whole, List.of(), MAX_DEPTH, changes);
        assertThat(changes).hasSizeGreaterThan(40);
        List<Path> files = new ArrayList<>();
        for (Change change : changes) {
            Path file = folder.resolve(files.size() + ".dcm");
            Files.write(file, bytes(apply(whole, change.path(), 0, change.empty())));
            files.add(file);
        }
        // One process for all: starting them takes longer than their work.
        Assumptions.assumeTrue(Peer.isInstalled("dciodvfy"), "skipped: dciodvfy is not installed");
        String loop = "i=0; while [ $i -lt $1 ]; do echo \"file $i\"; dciodvfy -new \"$2/$i.dcm\"; i=$((i+1)); done";
        Set<Integer> wrong = new HashSet<>();
        int number = -1;
        for (String line : Peer.run(List.of("sh", "-c", loop, "sh", "" + files.size(), folder.toString()))
                .lines()) {
            number = line.startsWith("file ") ? Integer.parseInt(line.substring(5)) : number;
            if (line.startsWith("Error")) {
                wrong.add(number);
            }
        }
        assertThat(number).isEqualTo(files.size() - 1);
        for (int i = 0; i < changes.size(); i++) {
            boolean theirs = wrong.contains(i);
            boolean ours =
                    !ObjectValidator.check(DicomReader.read(files.get(i))).isEmpty();
            if (theirs && !ours) {
                unseen.add(changes.get(i).toString());
            } else if (ours && !theirs) {
                stricter.add(changes.get(i).toString());
            }
        }
        assertThat(unseen).isEmpty();
        // Pixels that are not there have no size that could be wrong: it does not look at that.
        assertThat(stricter).hasSizeLessThan(changes.size() / 10);
    }

    @Test
    void pixelsGeometryAndValuesAreChecked() {
        Attributes good = (Attributes) objects().findFirst().orElseThrow().get()[1];
        assertThat(ours(with(good, copy -> copy.setBytes(Tag.PixelData, VR.OW, new byte[10]))))
                .singleElement()
                .asString()
                .contains("has 10 bytes; rows, columns, frames and bits make 640");
        assertThat(ours(with(good, copy -> copy.setDouble(Tag.ImageOrientationPatient, 1, 0, 0, 0.5, 1, 0))))
                .singleElement()
                .asString()
                .contains("right angle");
        assertThat(ours(with(good, copy -> copy.setInt(Tag.HighBit, 3))))
                .singleElement()
                .asString()
                .contains("HighBit");
        assertThat(ours(with(
                        good,
                        copy -> copy.setBytes(
                                Tag.PatientBirthDate, VR.DA, "19991399".getBytes(StandardCharsets.US_ASCII)))))
                .singleElement()
                .asString()
                .contains("YYYYMMDD")
                .doesNotContain("1999");
        assertThat(ours(with(
                        good,
                        copy -> copy.setBytes(
                                Tag.StudyInstanceUID, VR.UI, "1.02".getBytes(StandardCharsets.US_ASCII)))))
                .singleElement()
                .asString()
                .contains("leading zeros");
        assertThat(ours(with(good, copy -> copy.setBytes(Tag.Rows, VR.UL, new byte[4]))))
                .anyMatch(finding -> finding.problem().equals("is UL, not US"));
    }

    private interface Edit {
        void to(Attributes copy);
    }

    private static Attributes with(Attributes good, Edit edit) {
        Attributes copy = good.copy();
        edit.to(copy);
        return copy;
    }

    private static List<Finding> ours(Attributes object) {
        try {
            return ObjectValidator.check(DicomReader.read("object", bytes(object)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(Attributes object) {
        return DicomWriter.toFileBytes(object);
    }

    /** One attribute out, or without its value; of sequences in their first items. */
    private record Change(List<Integer> path, boolean empty) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(empty ? "empty" : "without");
            path.forEach(tag -> text.append(" > ").append(Dictionary.describe(tag)));
            return text.toString();
        }
    }

    private static void collect(Attributes from, List<Integer> path, int depth, List<Change> changes) {
        for (int tag : from.tags()) {
            boolean named = tag == Tag.SOPClassUID || tag == Tag.SOPInstanceUID;
            if (named) {
                continue;
            }
            List<Integer> here = new ArrayList<>(path);
            here.add(tag);
            changes.add(new Change(here, false));
            if (from.vr(tag) != VR.SQ) {
                if (changes.size() % EMPTIED == 0) {
                    changes.add(new Change(here, true));
                }
            } else if (depth > 1 && !from.getSequence(tag).isEmpty()) {
                collect(from.getSequence(tag).get(0), here, depth - 1, changes);
            }
        }
    }

    private static Attributes apply(Attributes from, List<Integer> path, int depth, boolean empty) {
        Attributes copy = from.copy();
        int tag = path.get(depth);
        if (depth < path.size() - 1) {
            List<Attributes> items = new ArrayList<>(from.getSequence(tag));
            items.set(0, apply(items.get(0), path, depth + 1, empty));
            copy.setSequence(tag, items);
        } else if (empty) {
            copy.setEmpty(tag);
        } else {
            copy.remove(tag);
        }
        return copy;
    }
}
