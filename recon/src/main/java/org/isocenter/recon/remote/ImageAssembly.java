package org.isocenter.recon.remote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Encoding;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;
import org.isocenter.model.RawData;
import org.isocenter.model.Vec3;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.mrd.MrdImageHeader;
import org.isocenter.recon.mrd.MrdImageType;
import org.isocenter.recon.mrd.MrdMeta;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.mrd.VolumeImages;

/** Puts the images that a server made of a scan together to volumes: slices of the same kind become one stack. One thread. */
final class ImageAssembly {
    /** Slices nearer to one another than this are at the same place, m. */
    private static final double SAME_PLACE = 1e-5;

    /** Slice positions may differ by this before they are called uneven, m. */
    private static final double EVEN = 1e-4;

    private static final int LONGEST_NAME = 64;

    private final RawData raw;
    private final MrdNotes notes;

    /** @param raw of which the images were made */
    ImageAssembly(RawData raw, MrdNotes notes) {
        this.raw = raw;
        this.notes = notes;
    }

    /** @param complex its values on the same voxels, of as many channels as the server sent */
    record Assembled(ImageVolume volume, ChannelGrid complex) {}

    /** What images of one volume have in common; a slab is a volume of its own. */
    record Kind(
            int series,
            MrdImageType type,
            int contrast,
            int phase,
            int repetition,
            int set,
            int average,
            int slab,
            String description,
            List<Integer> matrix,
            List<Vec3> directions) {

        static Kind of(MrdImage image) {
            MrdImageHeader h = image.header();
            var c = h.counters();
            return new Kind(
                    h.seriesIndex(),
                    shown(image),
                    c.contrast(),
                    c.phase(),
                    c.repetition(),
                    c.set(),
                    c.average(),
                    h.slices() > 1 ? c.slice() : 0,
                    description(image.meta()),
                    List.of(h.columns(), h.rows(), h.slices(), h.channels()),
                    List.of(h.geometry().read(), h.geometry().phase()));
        }

        /** MRD joins the parts of a description with underscores; DICOM has room for 64 characters. */
        private static String description(MrdMeta meta) {
            String text = String.join("_", meta.values().getOrDefault("SeriesDescription", List.of()));
            String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
            return clean.length() <= LONGEST_NAME ? clean : clean.substring(0, LONGEST_NAME);
        }

        /** Complex pixels are shown by their magnitude. */
        private static MrdImageType shown(MrdImage image) {
            MrdImageType type = image.header().type();
            boolean magnitude = type == MrdImageType.UNKNOWN
                    || type == MrdImageType.COMPLEX
                    || image.header().pixelType().isComplex();
            return magnitude ? MrdImageType.MAGNITUDE : type;
        }
    }

    private record Stack(Kind kind, List<MrdImage> images) {
        boolean hasPlaceFor(MrdImage image) {
            return images.get(0).header().slices() == 1
                    && images.stream().noneMatch(other -> Math.abs(along(other) - along(image)) < SAME_PLACE);
        }

        double along(MrdImage image) {
            return image.header()
                    .geometry()
                    .centerMeters()
                    .dot(images.get(0).header().geometry().slice());
        }
    }

    List<Assembled> volumes(List<MrdImage> images) {
        Map<Kind, List<Stack>> stacks = new LinkedHashMap<>();
        for (MrdImage image : images) {
            if (image.header().pixels() == 0) {
                notes.add("an image without pixels came: left out");
            } else if (image.header().type() == MrdImageType.RGB) {
                notes.add("images in colour came: left out");
            } else {
                Kind kind = Kind.of(image);
                List<Stack> alike = stacks.computeIfAbsent(kind, key -> new ArrayList<>());
                alike.stream()
                        .filter(stack -> stack.hasPlaceFor(image))
                        .findFirst()
                        .orElseGet(() -> {
                            Stack stack = new Stack(kind, new ArrayList<>());
                            alike.add(stack);
                            return stack;
                        })
                        .images()
                        .add(image);
            }
        }
        List<Stack> all = stacks.values().stream().flatMap(List::stream).toList();
        List<String> names = ImageNames.of(all.stream().map(Stack::kind).toList());
        List<Assembled> volumes = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            volumes.add(volume(all.get(i), names.get(i)));
        }
        return volumes;
    }

    private Assembled volume(Stack stack, String name) {
        List<MrdImage> images = new ArrayList<>(stack.images());
        images.sort((a, b) -> Double.compare(stack.along(a), stack.along(b)));
        MrdImageHeader header = images.get(0).header();
        int slices = Math.multiplyExact(header.slices(), images.size());
        ChannelGrid complex = new ChannelGrid(header.channels(), header.columns(), header.rows(), slices);
        for (int i = 0; i < images.size(); i++) {
            PixelValues.put(images.get(i), complex, i * header.slices(), notes);
        }
        if (header.channels() > 1) {
            notes.add("images of " + header.channels()
                    + " channels came: they are shown as the root of the sum of their squares");
        }
        boolean asTheyAre = header.channels() == 1 && !header.pixelType().isComplex();
        ImageVolume volume = new ImageVolume(
                name,
                header.columns(),
                header.rows(),
                slices,
                asTheyAre ? complex.real(0).clone() : PixelValues.magnitude(complex),
                geometry(images, stack),
                header.counters().contrast(),
                raw.expected() == 0 ? 1 : (double) raw.size() / raw.expected(),
                raw.header().sequence().diffusionOfSet(header.counters().set()),
                quantity(stack.kind(), images.get(0)));
        return new Assembled(volume, complex);
    }

    /** As we name it, if it comes from one of us; else as MRD does. */
    private static Quantity quantity(Kind kind, MrdImage image) {
        String name = image.meta().text(VolumeImages.QUANTITY);
        for (Quantity quantity : Quantity.values()) {
            if (quantity.name().equals(name)) {
                return quantity;
            }
        }
        return switch (kind.type()) {
            case PHASE -> Quantity.PHASE;
            case REAL -> Quantity.REAL;
            case IMAGINARY -> Quantity.IMAGINARY;
            default -> Quantity.MAGNITUDE;
        };
    }

    private PatientGeometry geometry(List<MrdImage> images, Stack stack) {
        MrdImageHeader first = images.get(0).header();
        Encoding encoding = raw.header().encodings().get(0);
        double columnSpacing = spacing(
                first.fovMeters().x(),
                first.columns(),
                encoding.reconFovMeters().x());
        double rowSpacing = spacing(
                first.fovMeters().y(), first.rows(), encoding.reconFovMeters().y());
        double thickness = first.fovMeters().z() > 0
                ? first.fovMeters().z() / first.slices()
                : encoding.reconFovMeters().z() / encoding.reconZ();
        var frame = first.geometry();
        Vec3 firstVoxel = frame.pointMeters(
                -(first.columns() / 2) * columnSpacing,
                -(first.rows() / 2) * rowSpacing,
                -(first.slices() / 2) * thickness);
        return new PatientGeometry(
                firstVoxel,
                frame.read(),
                frame.phase(),
                frame.slice(),
                columnSpacing,
                rowSpacing,
                images.size() == 1 ? thickness : sliceSpacing(images, stack),
                thickness);
    }

    private double spacing(double extentMeters, int count, double wantedMeters) {
        if (extentMeters > 0) {
            return extentMeters / count;
        }
        notes.add("an image came without its field of view: taken to be the one that was planned");
        return wantedMeters / count;
    }

    private double sliceSpacing(List<MrdImage> images, Stack stack) {
        int last = images.size() - 1;
        double spacing = (stack.along(images.get(last)) - stack.along(images.get(0))) / last;
        for (int i = 1; i <= last; i++) {
            if (Math.abs(stack.along(images.get(i)) - stack.along(images.get(i - 1)) - spacing) > EVEN) {
                notes.add("the slices are not evenly spaced: their mean spacing, " + spacing * 1e3 + " mm, was used");
                break;
            }
        }
        return spacing;
    }
}
