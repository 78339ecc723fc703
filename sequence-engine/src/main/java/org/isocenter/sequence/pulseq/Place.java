package org.isocenter.sequence.pulseq;

/** Where in a file the reader stands. */
interface Place {
    /** A refusal that names this place. */
    PulseqFormatException error(String problem);

    /** For warnings: "line 7", "byte 812". */
    String where();

    /** This place, once the reader has gone on. */
    Place kept();

    /** A line of a text file. */
    record Line(String file, String section, int line) implements Place {
        @Override
        public PulseqFormatException error(String problem) {
            return new PulseqFormatException(file, line, section, problem);
        }

        @Override
        public String where() {
            return "line " + line;
        }

        @Override
        public Place kept() {
            return this;
        }
    }

    /** An offset in a binary file. */
    record Offset(String file, String section, int bytes) implements Place {
        @Override
        public PulseqFormatException error(String problem) {
            return new PulseqFormatException(file, 0, section, problem + " (byte " + bytes + ")");
        }

        @Override
        public String where() {
            return "byte " + bytes;
        }

        @Override
        public Place kept() {
            return this;
        }
    }
}
