package org.isocenter.session.archive;

/**
 * Where a scan's images go when it ends. Kept with the scan from its beginning, so that one that is cut short and finished later
 * sends them too.
 *
 * @param destination name in the settings, or {@code AE@HOST:PORT}
 * @param kind {@link OutboxKind#INSTANCE} for one row per image, {@link OutboxKind#IMAGING_STUDY} for one per study
 * @param commits whether the destination will be asked to confirm that it keeps them
 */
public record ScanExport(String destination, OutboxKind kind, boolean commits) {}
