package org.isocenter.hardware;

import java.util.List;
import java.util.Locale;
import org.isocenter.model.Coils;

/** Reads the section {@code coils} of a profile: what receives and what transmits, for the images to tell. */
final class CoilsReader {
    private static final List<String> KINDS = List.of("body", "volume", "surface");

    private CoilsReader() {}

    static Coils read(ProfileSection section) throws ProfileFormatException {
        ProfileSection receive = section.section("receive");
        ProfileSection transmit = section.section("transmit");
        Coils coils = new Coils(
                receive.text("name"),
                kind(receive),
                receive.word("quadrature", List.of("yes", "no")).equals("yes"),
                transmit.text("name"),
                kind(transmit));
        receive.end();
        transmit.end();
        section.end();
        return coils;
    }

    private static Coils.Kind kind(ProfileSection coil) throws ProfileFormatException {
        return Coils.Kind.valueOf(coil.word("type", KINDS).toUpperCase(Locale.ROOT));
    }
}
