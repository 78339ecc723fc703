package org.isocenter.sequence.pulseq;

import java.util.List;

/** The labels that Pulseq defines. Binary files name a label by its place in this list, from 1. */
final class Labels {
    static final List<String> DEFINED = List.of(
            "SLC", "SEG", "REP", "AVG", "SET", "ECO", "PHS", "LIN", "PAR", "ACQ", "TRID", "NAV", "REV", "SMS", "REF",
            "IMA", "OFF", "NOISE", "PMC", "NOROT", "NOPOS", "NOSCL", "ONCE");

    /** What readers older than 1.4.1 do not know; it changes what is played or to whom it may be shown. */
    static final List<String> SINCE_1_4_1 = List.of("PMC", "NOROT", "NOPOS", "NOSCL", "ONCE");

    private Labels() {}
}
