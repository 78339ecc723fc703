package org.isocenter.session.cli;

/** A bar for long work, redrawn once for each percent. */
final class Progress {
    private final Terminal terminal;
    private final String what;
    private int shown = -1;

    Progress(Terminal terminal, String what) {
        this.terminal = terminal;
        this.what = what;
    }

    void at(long done, long all) {
        int percent = (int) (100 * done / Math.max(all, 1));
        if (percent != shown) {
            shown = percent;
            terminal.progress(percent / 100.0, percent + " % of the " + what);
        }
    }
}
