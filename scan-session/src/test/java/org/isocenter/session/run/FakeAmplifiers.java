package org.isocenter.session.run;

import java.io.IOException;

/** Two amplifiers behind a bridge, which says OK to everything until one trips, or it falls silent. */
final class FakeAmplifiers extends FakeInstrument {
    volatile boolean silent;

    FakeAmplifiers() throws IOException {
        super("barthel");
    }

    @Override
    String whole(CharSequence characters) {
        int last = characters.length() - 1;
        return characters.charAt(last) == ';'
                ? characters.subSequence(0, last).toString().strip()
                : null;
    }

    @Override
    void answer(String told) {
        if (!silent) {
            write(">OK;\r\n");
        }
    }

    /** What the last command to this switch was. */
    String last(String power) {
        synchronized (heard) {
            return heard.stream().filter(each -> each.startsWith(power)).reduce("never", (before, now) -> now);
        }
    }
}
