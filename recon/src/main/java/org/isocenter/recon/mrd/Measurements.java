package org.isocenter.recon.mrd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.isocenter.recon.hdf5.Hdf5Exception;
import org.isocenter.recon.hdf5.Hdf5File;
import org.isocenter.recon.hdf5.Hdf5Group;

/** Finds a file's measurements: the groups that hold a header and data, or images, whatever their names. */
final class Measurements {
    private static final String USUAL = "dataset";
    private static final int DEEPEST = 4;
    private static final int MOST_GROUPS = 200;

    private final List<Hdf5Group> raw = new ArrayList<>();
    private final List<Hdf5Group> withImages = new ArrayList<>();
    private final Set<Long> visited = new HashSet<>();

    Measurements(Hdf5File file) throws IOException {
        search(file.root(), 0);
        raw.sort((a, b) -> Boolean.compare(name(b).equals(USUAL), name(a).equals(USUAL)));
    }

    /** Those with readouts, the usual name first, then in the file's order. */
    List<String> rawNames() {
        return raw.stream().map(Measurements::name).toList();
    }

    /** @param name as {@link #rawNames} has it; null for the first */
    Hdf5Group raw(String name) throws Hdf5Exception {
        String none = withImages.isEmpty()
                ? "no MRD file: no group holds 'xml' and 'data'; a plain array in it is read by its name (--variable)"
                : "MRD images only, no readouts (" + name(withImages.get(0)) + "): there is nothing to reconstruct";
        return chosen(raw, name, none, "measurement");
    }

    /** The measurement whose groups of images are read. */
    Hdf5Group images(String name) throws Hdf5Exception {
        return chosen(withImages, name, "no group holds MRD images: 'header' and 'data'", "measurement with images");
    }

    private static Hdf5Group chosen(List<Hdf5Group> groups, String name, String none, String kind)
            throws Hdf5Exception {
        if (groups.isEmpty()) {
            throw new Hdf5Exception(none);
        }
        if (name == null) {
            return groups.get(0);
        }
        for (Hdf5Group group : groups) {
            if (name(group).equals(name)) {
                return group;
            }
        }
        throw new Hdf5Exception("no " + kind + " '" + name + "': there "
                + (groups.size() == 1 ? "is '" : "are '")
                + String.join("', '", groups.stream().map(Measurements::name).toList()) + "'");
    }

    /** "dataset", "day 2/scan 3". */
    static String name(Hdf5Group group) {
        return group.path().substring(1);
    }

    static boolean holdsImages(Hdf5Group group) {
        return group.names().contains("header") && group.names().contains("data");
    }

    private void search(Hdf5Group group, int depth) throws IOException {
        // A group may hold itself, or one of those that hold it.
        if (!visited.add(group.address()) || visited.size() > MOST_GROUPS) {
            return;
        }
        if (group.names().contains("xml") && group.names().contains("data")) {
            raw.add(group);
        }
        boolean images = false;
        for (String name : group.groups()) {
            Hdf5Group child = group.group(name);
            images |= holdsImages(child);
            if (depth < DEEPEST) {
                search(child, depth + 1);
            }
        }
        if (images) {
            withImages.add(group);
        }
    }
}
