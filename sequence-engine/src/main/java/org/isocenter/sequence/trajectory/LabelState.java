package org.isocenter.sequence.trajectory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Sequence;

/**
 * The labels' values as a sequence is played. All start at 0; in a block every LABELSET acts first, then every LABELINC, then
 * the ADC reads (Pulseq specification, section on labels). Names that Pulseq does not know count like any other. One thread.
 */
public final class LabelState {
    /** Pulseq has 23 labels; a file may bring its own, within reason. */
    private static final int MAX_LABELS = 64;

    private final Map<String, Integer> values = new LinkedHashMap<>();

    /** Acts on the labels of one block. */
    public void play(List<Extension> extensions) {
        for (Extension extension : extensions) {
            if (extension instanceof Extension.Label label && !label.increment()) {
                values.put(label.name(), label.value());
            }
        }
        for (Extension extension : extensions) {
            if (extension instanceof Extension.Label label && label.increment()) {
                values.merge(label.name(), label.value(), Integer::sum);
            }
        }
    }

    /** 0 for a label that was never set. */
    public int value(String label) {
        return values.getOrDefault(label, 0);
    }

    /** Each label that the sequence uses anywhere, with its value at every ADC window. */
    public static Map<String, int[]> atAdc(Sequence sequence) {
        Map<String, int[]> result = new LinkedHashMap<>();
        int windows = sequence.adcWindows();
        for (int list = 1; list <= sequence.extensionListCount(); list++) {
            for (Extension extension : sequence.extensions(list)) {
                if (extension instanceof Extension.Label label && !result.containsKey(label.name())) {
                    if (result.size() == MAX_LABELS) {
                        break;
                    }
                    result.put(label.name(), new int[windows]);
                }
            }
        }
        List<Map.Entry<String, int[]>> entries = new ArrayList<>(result.entrySet());
        LabelState state = new LabelState();
        int adc = 0;
        for (int block = 0; block < sequence.blockCount(); block++) {
            if (sequence.extensionId(block) != 0) {
                state.play(sequence.extensions(sequence.extensionId(block)));
            }
            if (sequence.adcId(block) != 0) {
                for (Map.Entry<String, int[]> entry : entries) {
                    entry.getValue()[adc] = state.value(entry.getKey());
                }
                adc++;
            }
        }
        return result;
    }
}
