package org.isocenter.session.archive;

import java.util.List;
import org.isocenter.model.Study;

/** A study in the archive with its scans, oldest first. */
public record ArchivedStudy(Study study, List<ArchivedScan> scans) {}
