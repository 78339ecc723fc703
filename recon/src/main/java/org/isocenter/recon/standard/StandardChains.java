package org.isocenter.recon.standard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.isocenter.recon.chain.Chain;
import org.isocenter.recon.chain.ChainFormatException;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.ChainYaml;

/** The chains that the console brings: a YAML file each, beside this class. */
public final class StandardChains {
    public static final String CARTESIAN = "cartesian";
    public static final String EPI = "epi";
    public static final String GRIDDING = "gridding";
    public static final String NUFFT = "nufft";
    public static final String NUFFT_SENSE = "nufft-sense";
    public static final String FIELD_MAP = "field-map";
    public static final String TRANSMIT_MAP = "transmit-map";
    public static final String DIFFUSION = "diffusion";
    public static final String RELAXATION_MAP = "relaxation-map";
    public static final String SENSE = "sense";
    public static final String COMBINED = "combined";
    public static final String G_FACTOR = "g-factor";
    public static final String CG_SENSE = "cg-sense";
    public static final String COMPRESSED_SENSING = "compressed-sensing";

    private static final List<String> NAMES = List.of(
            CARTESIAN,
            EPI,
            GRIDDING,
            NUFFT,
            NUFFT_SENSE,
            FIELD_MAP,
            TRANSMIT_MAP,
            DIFFUSION,
            RELAXATION_MAP,
            SENSE,
            COMBINED,
            G_FACTOR,
            CG_SENSE,
            COMPRESSED_SENSING);

    private StandardChains() {}

    public static List<String> names() {
        return NAMES;
    }

    /** @throws IllegalArgumentException that lists the known names */
    public static Chain named(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no such chain (" + name + "): there are " + String.join(", ", NAMES));
        }
        String file = name + ".yaml";
        try (InputStream in = StandardChains.class.getResourceAsStream(file)) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new ChainYaml(StandardSteps.REGISTRY).parse(yaml, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ChainFormatException e) {
            throw new IllegalStateException("a chain that came with the program: " + e.getMessage(), e);
        }
    }

    /** Runs the chain of this name. */
    public static ChainReconstruction reconstruction(String name) {
        return new ChainReconstruction(named(name));
    }
}
