package org.isocenter.sequence.pulseq;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Sequence;

/**
 * The soft delays of a sequence: times such as TE and TR that are set when it is played. A block with a soft delay lasts
 * value / factor + offset, on the block raster (Pulseq 1.5.0, soft delay extension). Pure functions; any thread.
 */
public final class SoftDelays {
    /** Defaults that differ by less come from rounding (as in the toolboxes). */
    private static final double DEFAULT_TOLERANCE_PS = 0.1e6;

    /**
     * One soft delay.
     *
     * @param number as in the file, from 0
     * @param hint its name: "TE"
     * @param defaultSeconds the value that the blocks have now
     * @param minimumSeconds the smallest value for which no block is shorter than nothing
     * @param maximumSeconds the largest; infinite when none is
     * @param stepSeconds values are rounded to steps of this from the default, so that every block stays on its raster; 0 when
     *     there is no such step and blocks are rounded one by one
     * @param blocks how many blocks it re-times
     */
    public record Setting(
            int number,
            String hint,
            double defaultSeconds,
            double minimumSeconds,
            double maximumSeconds,
            double stepSeconds,
            int blocks) {}

    /** A sequence cannot be re-timed as asked; the message says why and what is allowed. */
    public static final class SoftDelayException extends Exception {
        private static final long serialVersionUID = 1;

        SoftDelayException(String message) {
            super(message);
        }
    }

    /** Coarser steps would move a value further than anyone means. */
    private static final double MAX_STEP_PS = 1e9;

    /** What is gathered of one number. */
    private static final class Gathered {
        final String hint;
        final int firstBlock;
        final double defaultPs;
        double minimumPs;
        double maximumPs = Double.POSITIVE_INFINITY;
        /** 0 when there is none. */
        long stepPs = 1;

        int blocks;

        Gathered(String hint, int firstBlock, double defaultPs) {
            this.hint = hint;
            this.firstBlock = firstBlock;
            this.defaultPs = defaultPs;
        }

        Setting setting(int number) {
            return new Setting(
                    number, hint, defaultPs * 1e-12, minimumPs * 1e-12, maximumPs * 1e-12, stepPs * 1e-12, blocks);
        }
    }

    private SoftDelays() {}

    /**
     * The soft delays by number.
     *
     * @throws SoftDelayException when they contradict one another, or stand in blocks that they may not re-time
     */
    public static List<Setting> of(Sequence sequence) throws SoftDelayException {
        List<Setting> settings = new ArrayList<>();
        gather(sequence).forEach((number, gathered) -> settings.add(gathered.setting(number)));
        return settings;
    }

    private static Map<Integer, Gathered> gather(Sequence sequence) throws SoftDelayException {
        Map<Integer, Gathered> byNumber = new TreeMap<>();
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (int block = 0; block < sequence.blockCount(); block++) {
            Extension.SoftDelay delay = softDelay(sequence, block);
            if (delay == null) {
                continue;
            }
            checkPure(sequence, block, delay);
            double defaultPs = (sequence.blockDurationPs(block) - delay.offsetPs()) * delay.factor();
            int first = block;
            Gathered gathered =
                    byNumber.computeIfAbsent(delay.number(), n -> new Gathered(delay.hint(), first, defaultPs));
            Integer number = numbers.putIfAbsent(delay.hint(), delay.number());
            if (!gathered.hint.equals(delay.hint())) {
                throw new SoftDelayException(name(delay) + " in block " + (block + 1) + " has the number of '"
                        + gathered.hint + "': each number needs one name");
            }
            if (number != null && number != delay.number()) {
                throw new SoftDelayException(name(delay) + " in block " + (block + 1) + " has the number "
                        + delay.number() + " and before " + number + ": each name needs one number");
            }
            if (Math.abs(defaultPs - gathered.defaultPs) > DEFAULT_TOLERANCE_PS) {
                throw new SoftDelayException(name(delay) + " is " + milliseconds(gathered.defaultPs * 1e-12)
                        + " by block " + (gathered.firstBlock + 1) + " and " + milliseconds(defaultPs * 1e-12)
                        + " by block " + (block + 1) + ": the blocks contradict each other");
            }
            double limitPs = -delay.offsetPs() * delay.factor();
            if (delay.factor() > 0) {
                gathered.minimumPs = Math.max(gathered.minimumPs, limitPs);
            } else {
                gathered.maximumPs = Math.min(gathered.maximumPs, limitPs);
            }
            gathered.stepPs = commonStepPs(
                    gathered.stepPs,
                    Math.abs(delay.factor()) * sequence.rasters().blockPs());
            gathered.blocks++;
        }
        return byNumber;
    }

    /** The least common multiple of two steps; 0 when it is not a whole number of picoseconds or too long to be of use. */
    private static long commonStepPs(long step, double otherPs) {
        long other = Math.round(otherPs);
        if (step == 0 || other == 0 || Math.abs(otherPs - other) > 1e-6 || otherPs > MAX_STEP_PS) {
            return 0;
        }
        long divisor = BigInteger.valueOf(step).gcd(BigInteger.valueOf(other)).longValue();
        double multiple = (double) step / divisor * other;
        return multiple > MAX_STEP_PS ? 0 : Math.round(multiple);
    }

    private static Extension.SoftDelay softDelay(Sequence sequence, int block) {
        for (Extension extension : sequence.extensions(sequence.extensionId(block))) {
            if (extension instanceof Extension.SoftDelay delay) {
                return delay;
            }
        }
        return null;
    }

    private static String name(Extension.SoftDelay delay) {
        return "soft delay '" + PulseqText.printable(delay.hint()) + "'";
    }

    /** The format allows soft delays in blocks that do nothing but wait. */
    private static void checkPure(Sequence sequence, int block, Extension.SoftDelay delay) throws SoftDelayException {
        boolean events = sequence.rfId(block) != 0 || sequence.adcId(block) != 0;
        for (Axis axis : Axis.values()) {
            events |= sequence.gradientId(block, axis) != 0;
        }
        if (events) {
            throw new SoftDelayException(name(delay) + " stands in block " + (block + 1)
                    + " with an RF pulse, a gradient or an ADC: only pure delays can be re-timed");
        }
    }

    /**
     * The sequence with other values for some of its soft delays. Events, their order and their ids stay; only the durations
     * of the delay blocks change, and a definition of the same name. The result must be checked again like any sequence;
     * {@link #of} tells which values it has after rounding.
     *
     * @param seconds by hint ("TE") or by number ("0")
     * @throws SoftDelayException naming what is allowed, for an unknown name or a value out of range
     */
    public static Sequence with(Sequence sequence, Map<String, Double> seconds) throws SoftDelayException {
        if (seconds.isEmpty()) {
            return sequence;
        }
        Map<Integer, Gathered> known = gather(sequence);
        Map<Integer, Double> valuesPs = new TreeMap<>();
        for (Map.Entry<String, Double> entry : seconds.entrySet()) {
            int number = number(known, entry.getKey());
            double valuePs = entry.getValue() * 1e12;
            checkRange(known.get(number), valuePs);
            if (valuesPs.putIfAbsent(number, rounded(known.get(number), valuePs)) != null) {
                throw new SoftDelayException("soft delay '" + known.get(number).hint + "' is set twice");
            }
        }
        return retimed(sequence, known, valuesPs);
    }

    /** The nearest allowed value for which all blocks end on their raster. */
    private static double rounded(Gathered delay, double valuePs) {
        if (delay.stepPs == 0) {
            return valuePs;
        }
        double nearest =
                delay.defaultPs + (double) Math.round((valuePs - delay.defaultPs) / delay.stepPs) * delay.stepPs;
        if (nearest < delay.minimumPs - 1) {
            return nearest + delay.stepPs;
        }
        return nearest > delay.maximumPs + 1 ? nearest - delay.stepPs : nearest;
    }

    private static int number(Map<Integer, Gathered> known, String name) throws SoftDelayException {
        for (Map.Entry<Integer, Gathered> entry : known.entrySet()) {
            if (entry.getValue().hint.equals(name)) {
                return entry.getKey();
            }
        }
        for (Integer number : known.keySet()) {
            if (number.toString().equals(name)) {
                return number;
            }
        }
        throw new SoftDelayException("no soft delay '" + name + "': "
                + (known.isEmpty()
                        ? "the sequence has none, so set none"
                        : "the sequence has " + names(known.values())));
    }

    private static String names(Collection<Gathered> known) {
        return known.stream().map(gathered -> gathered.hint).collect(Collectors.joining(", "));
    }

    private static void checkRange(Gathered delay, double valuePs) throws SoftDelayException {
        // A picosecond of tolerance: limits are products of decimal numbers.
        if (!(valuePs >= delay.minimumPs - 1 && valuePs <= delay.maximumPs + 1 && valuePs <= Fields.MAX_EVENT_PS)) {
            throw new SoftDelayException("soft delay '" + delay.hint + "' cannot be " + milliseconds(valuePs * 1e-12)
                    + ": " + range(delay.minimumPs * 1e-12, delay.maximumPs * 1e-12));
        }
    }

    /** "10 ms to 120 ms", "at least 10 ms". */
    public static String range(double minimumSeconds, double maximumSeconds) {
        return Double.isInfinite(maximumSeconds)
                ? "at least " + milliseconds(minimumSeconds)
                : milliseconds(minimumSeconds) + " to " + milliseconds(maximumSeconds);
    }

    /** To nine digits: "18.64 ms". */
    public static String milliseconds(double seconds) {
        return Numbers.digits(seconds * 1e3, 9) + " ms";
    }

    private static Sequence retimed(Sequence sequence, Map<Integer, Gathered> known, Map<Integer, Double> valuesPs) {
        Sequence.Builder builder = new Sequence.Builder(sequence.rasters());
        Map<String, String> definitions = new LinkedHashMap<>(sequence.definitions());
        valuesPs.forEach((number, valuePs) -> redefine(definitions, known.get(number), valuePs));
        definitions.forEach(builder::definition);
        for (int id = 1; id <= sequence.rfCount(); id++) {
            builder.id(sequence.rfPulse(id));
        }
        for (int id = 1; id <= sequence.gradientCount(); id++) {
            builder.id(sequence.gradient(id));
        }
        for (int id = 1; id <= sequence.adcCount(); id++) {
            builder.id(sequence.adc(id));
        }
        for (int id = 1; id <= sequence.extensionListCount(); id++) {
            builder.id(sequence.extensions(id));
        }
        for (int block = 0; block < sequence.blockCount(); block++) {
            Extension.SoftDelay delay = softDelay(sequence, block);
            Double valuePs = delay == null ? null : valuesPs.get(delay.number());
            builder.block(
                    valuePs == null ? sequence.blockDurationPs(block) : durationPs(sequence, delay, valuePs),
                    sequence.rfId(block),
                    sequence.gradientId(block, Axis.X),
                    sequence.gradientId(block, Axis.Y),
                    sequence.gradientId(block, Axis.Z),
                    sequence.adcId(block),
                    sequence.extensionId(block));
        }
        return builder.build();
    }

    /** Keeps a definition of the same name true, in seconds or milliseconds as it was; drops one that is something else. */
    private static void redefine(Map<String, String> definitions, Gathered delay, double valuePs) {
        definitions.computeIfPresent(delay.hint, (hint, text) -> {
            for (double perPicosecond : new double[] {1e-12, 1e-9}) {
                if (isAbout(text, delay.defaultPs * perPicosecond)) {
                    return Numbers.digits(valuePs * perPicosecond, 12);
                }
            }
            return null;
        });
    }

    private static boolean isAbout(String text, double value) {
        try {
            return Math.abs(Double.parseDouble(text.strip()) - value) <= 1e-3 * Math.abs(value);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static long durationPs(Sequence sequence, Extension.SoftDelay delay, double valuePs) {
        long rasterPs = sequence.rasters().blockPs();
        return Math.max(0, Math.round((valuePs / delay.factor() + delay.offsetPs()) / rasterPs)) * rasterPs;
    }
}
