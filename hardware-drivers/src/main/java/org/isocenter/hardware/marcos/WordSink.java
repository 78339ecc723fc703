package org.isocenter.hardware.marcos;

import java.io.IOException;

/** Takes instruction words in their order. */
@FunctionalInterface
public interface WordSink {
    void word(int instruction) throws IOException;
}
