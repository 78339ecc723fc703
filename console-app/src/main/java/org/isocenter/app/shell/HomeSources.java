package org.isocenter.app.shell;

import java.io.IOException;
import java.nio.file.Path;
import org.isocenter.app.worklist.WorklistModel;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.ProtocolCodes;

/** The settings and the table of protocol codes of a home folder, read anew each time. */
record HomeSources(Path home) implements WorklistModel.Sources {
    @Override
    public DicomSettings settings() throws IOException {
        return DicomSettings.read(home);
    }

    @Override
    public ProtocolCodes codes() throws IOException {
        return ProtocolCodes.read(home);
    }
}
