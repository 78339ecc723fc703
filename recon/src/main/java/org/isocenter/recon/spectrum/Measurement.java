package org.isocenter.recon.spectrum;

import java.util.List;
import org.isocenter.model.SpectrumKind;

/**
 * What a scan without spatial encoding has measured.
 *
 * @param panels the signal, and what was made of it
 * @param notes what limits the figures, for the user
 */
public record Measurement(SpectrumKind kind, List<Figure> figures, List<Panel> panels, List<String> notes) {
    public Measurement {
        figures = List.copyOf(figures);
        panels = List.copyOf(panels);
        notes = List.copyOf(notes);
    }
}
