package org.isocenter.sequence.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.isocenter.sequence.Extension;
import org.isocenter.sequence.Sequence;

/** Trigger outputs, as the bits that are high (channel 1 is bit 0), and waits for trigger inputs. */
final class TriggerSource implements EventSource {
    private static final int OUTPUT = 1;

    private final Sequence sequence;
    private final List<Extension.Trigger> triggers = new ArrayList<>();
    private final TreeSet<Long> edgesPs = new TreeSet<>();

    TriggerSource(Sequence sequence) {
        this.sequence = sequence;
    }

    @Override
    public void begin(int block) {
        triggers.clear();
        edgesPs.clear();
        for (Extension extension : sequence.extensions(sequence.extensionId(block))) {
            if (extension instanceof Extension.Trigger trigger) {
                triggers.add(trigger);
                edgesPs.add(trigger.delayPs());
                if (trigger.type() == OUTPUT) {
                    edgesPs.add(trigger.delayPs() + trigger.durationPs());
                }
            }
        }
    }

    @Override
    public long nextPs() {
        return edgesPs.isEmpty() ? NONE : edgesPs.first();
    }

    @Override
    public void emit(EventSink into) {
        long edgePs = edgesPs.pollFirst();
        int bits = 0;
        for (Extension.Trigger trigger : triggers) {
            if (trigger.type() != OUTPUT) {
                if (trigger.delayPs() == edgePs) {
                    into.add(edgePs, EventChannel.TRIGGER_WAIT, trigger.channel());
                }
            } else if (edgePs >= trigger.delayPs() && edgePs < trigger.delayPs() + trigger.durationPs()) {
                bits |= 1 << (trigger.channel() - 1);
            }
        }
        into.set(edgePs, EventChannel.TRIGGER_OUT, bits);
    }
}
