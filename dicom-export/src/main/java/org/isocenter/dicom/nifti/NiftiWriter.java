package org.isocenter.dicom.nifti;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.Diffusion;
import org.isocenter.model.Vec3;

/**
 * Writes MR images as NIfTI-1 volumes with a JSON sidecar, and of diffusion-weighted ones the tables of b-values and directions
 * that FSL reads. Any thread.
 */
public final class NiftiWriter {
    private static final double SECONDS = 1e-3;
    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

    /**
     * A volume that was written.
     *
     * @param files the volume, then what belongs to it
     */
    public record Written(List<Path> files, int columns, int rows, int slices, int volumes) {
        public Written {
            files = List.copyOf(files);
        }
    }

    private NiftiWriter() {}

    /**
     * Writes one volume for each series and echo, named after their numbers.
     *
     * @param objects single or enhanced images; what is no image of the body is left out
     * @param directory made when missing
     * @param overwrite whether files there may be replaced
     * @throws NiftiException when images of a series make no whole volume
     * @throws FileAlreadyExistsException when one of the files exists and may not be replaced; nothing is written then
     */
    public static List<Written> write(List<Attributes> objects, Path directory, boolean overwrite) throws IOException {
        List<Stack> stacks = Stacks.of(objects);
        Set<String> names = new HashSet<>();
        List<Path> bases = new ArrayList<>();
        for (Stack stack : stacks) {
            String name = name(stack);
            String free = name;
            for (int i = 2; !names.add(free); i++) {
                free = name + "_" + i;
            }
            Path base = directory.resolve(free);
            if (!overwrite && Files.exists(with(base, ".nii"))) {
                throw new FileAlreadyExistsException(with(base, ".nii").toString());
            }
            bases.add(base);
        }
        Files.createDirectories(directory);
        List<Written> written = new ArrayList<>();
        for (int i = 0; i < stacks.size(); i++) {
            written.add(write(stacks.get(i), bases.get(i)));
        }
        return written;
    }

    private static Written write(Stack stack, Path base) throws IOException {
        Frame first = stack.first();
        double seconds = first.number(Tag.RepetitionTime) * SECONDS;
        byte[] header = NiftiHeader.of(stack, slope(first), seconds > 0 ? seconds : 0);
        List<Path> files = new ArrayList<>();
        byte[] voxels = stack.voxels();
        byte[] all = new byte[header.length + voxels.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(voxels, 0, all, header.length, voxels.length);
        put(files, with(base, ".nii"), all);
        put(
                files,
                with(base, ".json"),
                (JSON.writeValueAsString(Sidecar.of(stack)) + "\n").getBytes(StandardCharsets.UTF_8));
        if (first.diffusion() != null) {
            put(files, with(base, ".bval"), bValues(stack).getBytes(StandardCharsets.US_ASCII));
            put(files, with(base, ".bvec"), directions(stack).getBytes(StandardCharsets.US_ASCII));
        }
        return new Written(files, first.columns(), first.rows(), stack.slices(), stack.volumes());
    }

    private static void put(List<Path> files, Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        files.add(file);
    }

    private static Path with(Path base, String ending) {
        return base.resolveSibling(base.getFileName() + ending);
    }

    /** "0002_e2_phase": numbers of series and echo; nothing that somebody typed. */
    private static String name(Stack stack) {
        Frame frame = stack.first();
        double echo = frame.number(Tag.EchoNumbers);
        String component = frame.component().toLowerCase(Locale.ROOT);
        return String.format(Locale.ROOT, "%04d", (int) frame.number(Tag.SeriesNumber))
                + (echo > 1 ? "_e" + (int) echo : "")
                + (component.isEmpty() ? "" : "_" + component);
    }

    /** In the unit that a real world value mapping gives the values, else as a rescale slope says. */
    private static double slope(Frame frame) {
        for (Attributes map : frame.items(Tag.RealWorldValueMappingSequence)) {
            double[] slope = map.getDoubles(Tag.RealWorldValueSlope);
            if (slope.length > 0 && slope[0] != 0) {
                return slope[0];
            }
        }
        double slope = frame.number(Tag.RescaleSlope);
        return slope > 0 ? slope : 1;
    }

    private static String bValues(Stack stack) {
        List<String> values = new ArrayList<>();
        for (int volume = 0; volume < stack.volumes(); volume++) {
            Diffusion diffusion = stack.frame(volume, 0).diffusion();
            values.add(number(diffusion == null ? 0 : diffusion.secondsPerSquareMillimeter()));
        }
        return String.join(" ", values) + "\n";
    }

    /** Along the stored axes; the first is turned round where these are right-handed, as FSL has it. */
    private static String directions(Stack stack) {
        Frame first = stack.first();
        int handedness = Orientation.of(stack.affine()).handedness();
        Vec3[] axes = {
            first.row().scaled(-handedness),
            first.column().scaled(-1),
            first.row().cross(first.column())
        };
        StringBuilder text = new StringBuilder();
        for (Vec3 axis : axes) {
            List<String> values = new ArrayList<>();
            for (int volume = 0; volume < stack.volumes(); volume++) {
                Diffusion diffusion = stack.frame(volume, 0).diffusion();
                values.add(number(diffusion == null ? 0 : diffusion.direction().dot(axis)));
            }
            text.append(String.join(" ", values)).append('\n');
        }
        return text.toString();
    }

    private static String number(double value) {
        double rounded = Math.rint(value * 1e6) / 1e6;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }
}
