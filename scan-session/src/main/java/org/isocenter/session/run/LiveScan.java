package org.isocenter.session.run;

import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;

/**
 * A scan as it runs.
 *
 * @param raw readouts so far, each already on disk
 * @param preview the newest images of what is in so far
 */
public record LiveScan(RawData raw, double durationSeconds, Latest<List<ImageVolume>> preview) {}
