package org.isocenter.session.outbox;

import java.io.IOException;
import org.isocenter.session.dicom.DicomSettings;

/** Where the settings are read from, each time that they are needed: others may change them meanwhile. */
public interface SettingsSource {
    DicomSettings read() throws IOException;
}
