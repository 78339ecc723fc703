package org.isocenter.app.exam;

import java.util.List;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Protocol;
import org.isocenter.sequence.SequenceBuilder;

/** One scan of the exam: its protocol, where it stands, and what it brought. FX thread. */
public final class ExamItem {
    private final SequenceBuilder builder;
    private final ReadOnlyObjectWrapper<Protocol> protocol = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ItemState> state = new ReadOnlyObjectWrapper<>(ItemState.QUEUED);
    private final ReadOnlyDoubleWrapper durationSeconds = new ReadOnlyDoubleWrapper(Double.NaN);
    private final ReadOnlyStringWrapper detail = new ReadOnlyStringWrapper("");
    private ScanImages images = ScanImages.NONE;

    ExamItem(SequenceBuilder builder, Protocol protocol) {
        this.builder = builder;
        this.protocol.set(protocol);
    }

    public SequenceBuilder builder() {
        return builder;
    }

    public ReadOnlyObjectProperty<Protocol> protocolProperty() {
        return protocol.getReadOnlyProperty();
    }

    void setProtocol(Protocol newProtocol) {
        protocol.set(newProtocol);
    }

    public ReadOnlyObjectProperty<ItemState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    void setState(ItemState newState) {
        state.set(newState);
    }

    /** Scan time; NaN while it is not known. */
    public ReadOnlyDoubleProperty durationSecondsProperty() {
        return durationSeconds.getReadOnlyProperty();
    }

    void setDurationSeconds(double seconds) {
        durationSeconds.set(seconds);
    }

    /** The second line: what it is, or what is wrong with it. */
    public ReadOnlyStringProperty detailProperty() {
        return detail.getReadOnlyProperty();
    }

    void setDetail(String newDetail) {
        detail.set(newDetail);
    }

    /** Its images; empty before it has run. */
    public List<ImageVolume> volumes() {
        return images.volumes();
    }

    /** What there is to see; nothing before it has run. */
    public ScanImages images() {
        return images;
    }

    /** It has begun. */
    public void begin() {
        state.set(ItemState.RUNNING);
    }

    /** It has ended and left this to see. */
    public void end(ItemState endState, ScanImages newImages) {
        images = newImages;
        state.set(endState);
    }
}
