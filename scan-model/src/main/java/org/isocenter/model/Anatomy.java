package org.isocenter.model;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What of the body is imaged, as far as somebody has told it.
 *
 * @param part or null when none is named
 * @param side which of a pair; unknown of what is no pair
 */
public record Anatomy(BodyPart part, Side side) {
    public static final Anatomy UNKNOWN = new Anatomy(null, Side.UNKNOWN);

    /** A side of what is no pair is dropped. */
    public Anatomy {
        boolean single = part != null && !part.paired();
        side = side == null || single ? Side.UNKNOWN : side;
    }

    /** A part by its term (PS3.16 annex L), of whose side nothing is known; unknown for a text that is none. */
    public static Anatomy named(String term) {
        return new Anatomy(BodyPart.of(term == null ? "" : term).orElse(null), Side.UNKNOWN);
    }

    /** What several orders have in common: unknown unless all tell the same. */
    public static Anatomy common(Collection<Anatomy> orders) {
        Set<Anatomy> distinct = Set.copyOf(orders);
        return distinct.size() == 1 ? distinct.iterator().next() : UNKNOWN;
    }

    /** What several sources tell of one order: what they contradict each other in is not known. */
    public static Anatomy agreed(Collection<Anatomy> told) {
        return new Anatomy(
                only(told, Anatomy::part).orElse(null),
                only(told, each -> each.side == Side.UNKNOWN ? null : each.side).orElse(Side.UNKNOWN));
    }

    private static <T> Optional<T> only(Collection<Anatomy> told, Function<Anatomy, T> value) {
        Set<T> values = told.stream().map(value).filter(each -> each != null).collect(Collectors.toSet());
        return values.size() == 1 ? values.stream().findFirst() : Optional.empty();
    }

    /** The same, with what another source tells where this one does not: of another part nothing, not its side either. */
    public Anatomy or(Anatomy other) {
        boolean another = part != null && other.part != null && part != other.part;
        return another ? this : new Anatomy(part == null ? other.part : part, side == Side.UNKNOWN ? other.side : side);
    }

    /** The term of the part (PS3.16 annex L), or empty. */
    public String term() {
        return part == null ? "" : part.name();
    }

    /** Whether it is one of a pair and nobody has told which. */
    public boolean sideMissing() {
        return part != null && part.paired() && side == Side.UNKNOWN;
    }

    /** "Knee, left"; empty when nothing is known. */
    public String words() {
        List<String> words = List.of(
                part == null ? "" : part.region().meaning(),
                side == Side.UNKNOWN ? "" : side.code().meaning().toLowerCase(Locale.ROOT));
        return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
    }
}
