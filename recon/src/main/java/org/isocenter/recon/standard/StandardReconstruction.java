package org.isocenter.recon.standard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.cartesian.CartesianReconstruction;
import org.isocenter.recon.maps.MapReconstruction;
import org.isocenter.recon.noncartesian.GriddingReconstruction;

/** Gives each encoding space to the reconstruction for its kind of trajectory, and maps to theirs. Any thread. */
public final class StandardReconstruction implements Reconstruction {
    private final Reconstruction cartesian = new CartesianReconstruction();
    private final Reconstruction gridding = new GriddingReconstruction();
    private final Reconstruction maps = new MapReconstruction();

    @Override
    public String name() {
        return "standard";
    }

    @Override
    public Result reconstruct(RawData raw) {
        Predicate<Trajectory> lines = t -> t == Trajectory.CARTESIAN || t == Trajectory.EPI;
        boolean anyLines = raw.header().encodings().stream().anyMatch(e -> lines.test(e.trajectory()));
        boolean anyOthers = raw.header().encodings().stream().anyMatch(e -> !lines.test(e.trajectory()));
        if (!anyOthers) {
            return MapReconstruction.isFor(raw.header()) ? maps.reconstruct(raw) : cartesian.reconstruct(raw);
        }
        if (!anyLines) {
            return gridding.reconstruct(raw);
        }
        Result first = cartesian.reconstruct(part(raw, lines));
        Result second = gridding.reconstruct(part(raw, lines.negate()));
        List<ImageVolume> volumes = new ArrayList<>(first.volumes());
        volumes.addAll(second.volumes());
        Set<String> notes = new LinkedHashSet<>(first.notes());
        notes.addAll(second.notes());
        return new Result(volumes, List.copyOf(notes));
    }

    /** The readouts so far of the encoding spaces that are wanted, and those of none. */
    private static RawData part(RawData raw, Predicate<Trajectory> wanted) {
        int size = raw.size();
        List<Readout> readouts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int space = raw.readout(i).header().encodingSpace();
            if (space < raw.header().encodings().size()
                    && wanted.test(raw.header().encodings().get(space).trajectory())) {
                readouts.add(raw.readout(i));
            }
        }
        RawData part = new RawData(raw.header(), size == raw.expected() ? readouts.size() : raw.expected());
        readouts.forEach(part::append);
        return part;
    }
}
