package org.isocenter.recon.standard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.ChainRecord;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Watch;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.iterative.IrregularSampling;

/** Picks the standard chain for each kind of scan, by its header. Any thread. */
public final class StandardReconstruction implements Reconstruction {
    /** Name of the sequence whose echoes give a map of the main field. */
    public static final String FIELD_MAP_SEQUENCE = "b0map";
    /** Name of the sequence whose intervals give a map of the transmit field. */
    public static final String TRANSMIT_MAP_SEQUENCE = "b1map";

    private static final Predicate<Trajectory> LINES = t -> t == Trajectory.CARTESIAN || t == Trajectory.EPI;

    /** Chains that have been used. */
    private final Map<String, ChainReconstruction> chains = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "standard";
    }

    @Override
    public Result reconstruct(RawData raw, Watch watch) {
        boolean anyLines = raw.header().encodings().stream().anyMatch(e -> LINES.test(e.trajectory()));
        boolean anyOthers = raw.header().encodings().stream().anyMatch(e -> !LINES.test(e.trajectory()));
        if (!anyOthers) {
            return chain(forLines(raw)).reconstruct(raw, watch);
        }
        ChainReconstruction gridding = chain(StandardChains.GRIDDING);
        if (!anyLines) {
            return gridding.reconstruct(raw, watch);
        }
        return both(
                chain(forLines(raw)).reconstruct(part(raw, LINES), watch.part(0, 0.5)),
                gridding.reconstruct(part(raw, LINES.negate()), watch.part(0.5, 1)));
    }

    private ChainReconstruction chain(String name) {
        return chains.computeIfAbsent(name, StandardChains::reconstruction);
    }

    private static String forLines(RawData raw) {
        ScanHeader header = raw.header();
        if (!header.sequence().diffusion().isEmpty()) {
            return StandardChains.DIFFUSION;
        }
        String sequence = header.sequence().sequenceName();
        if (FIELD_MAP_SEQUENCE.equals(sequence)) {
            return StandardChains.FIELD_MAP;
        }
        if (TRANSMIT_MAP_SEQUENCE.equals(sequence)) {
            return StandardChains.TRANSMIT_MAP;
        }
        boolean epi = header.encodings().stream().anyMatch(e -> e.trajectory() == Trajectory.EPI);
        if (epi) {
            return StandardChains.EPI;
        }
        return IrregularSampling.is(raw) ? StandardChains.COMPRESSED_SENSING : StandardChains.CARTESIAN;
    }

    private static Result both(Result first, Result second) {
        List<ImageVolume> volumes = new ArrayList<>(first.volumes());
        volumes.addAll(second.volumes());
        List<ChannelGrid> complex = new ArrayList<>(first.complex());
        complex.addAll(second.complex());
        Set<String> notes = new LinkedHashSet<>(first.notes());
        notes.addAll(second.notes());
        List<ChainRecord> records = new ArrayList<>(first.chains());
        records.addAll(second.chains());
        return new Result(volumes, complex, List.copyOf(notes), records);
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
