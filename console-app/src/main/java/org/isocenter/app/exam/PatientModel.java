package org.isocenter.app.exam;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.isocenter.app.text.Messages;
import org.isocenter.app.text.PersonName;
import org.isocenter.dicom.data.UID;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Side;
import org.isocenter.model.Study;
import org.isocenter.session.hospital.EntryCheck;

/**
 * Who is scanned and how that person lies, as typed. The first scan fixes it: from then on the exam belongs to this patient,
 * until {@link #newExam}. FX thread.
 */
public final class PatientModel {
    private static final double HEAVIEST_KILOGRAMS = 400;

    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty id = new SimpleStringProperty("");
    private final StringProperty birthDate = new SimpleStringProperty("");
    private final StringProperty sex = new SimpleStringProperty("");
    private final StringProperty weight = new SimpleStringProperty("");
    private final ObjectProperty<PatientPosition> position = new SimpleObjectProperty<>(PatientPosition.HFS);
    private final ObjectProperty<BodyPart> bodyPart = new SimpleObjectProperty<>();
    private final ObjectProperty<Side> side = new SimpleObjectProperty<>(Side.UNKNOWN);
    private final BooleanProperty phantom = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper fixed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<List<ScheduledStep>> orders = new ReadOnlyObjectWrapper<>(List.of());
    private Anatomy ordered = Anatomy.UNKNOWN;
    private boolean simulationAllowed;
    private Study study;

    public PatientModel() {
        // The side of one part says nothing of another's.
        bodyPart.addListener((o, before, now) -> side.set(Side.UNKNOWN));
    }

    /** "Family, Given". */
    public StringProperty nameProperty() {
        return name;
    }

    public StringProperty idProperty() {
        return id;
    }

    /** "1980-02-29", or empty. */
    public StringProperty birthDateProperty() {
        return birthDate;
    }

    /** "F", "M", "O" or empty. */
    public StringProperty sexProperty() {
        return sex;
    }

    /** Kilograms, or empty. */
    public StringProperty weightProperty() {
        return weight;
    }

    public ObjectProperty<PatientPosition> positionProperty() {
        return position;
    }

    /** What the next scan images, or null when it is not named. It may change from scan to scan. */
    public ObjectProperty<BodyPart> bodyPartProperty() {
        return bodyPart;
    }

    /** On which side, where the part is one of a pair. */
    public ObjectProperty<Side> sideProperty() {
        return side;
    }

    /** Whether the side has to be told: of a person's part that is one of a pair. */
    public boolean sideMissing() {
        return !phantom.get() && anatomy().sideMissing();
    }

    /** What does not agree with the order, in words, or empty. */
    public String orderedOtherwise() {
        return EntryCheck.anatomyMismatch(ordered, anatomy()).orElse("");
    }

    private Anatomy anatomy() {
        return new Anatomy(bodyPart.get(), side.get());
    }

    /** A phantom, not a person. */
    public BooleanProperty phantomProperty() {
        return phantom;
    }

    /** Whether a scan has begun, so that the data can no longer change. */
    public ReadOnlyBooleanProperty fixedProperty() {
        return fixed.getReadOnlyProperty();
    }

    /** The entries of the worklist that the exam is of, whose patient cannot be changed; none for an exam that nobody planned. */
    public ReadOnlyObjectProperty<List<ScheduledStep>> ordersProperty() {
        return orders.getReadOnlyProperty();
    }

    /**
     * Another exam, of these entries of one patient and study. Their values stand; what they do not tell, like the weight, can be
     * added.
     *
     * @param whatToImage as far as entries and codes tell it
     */
    public void take(List<ScheduledStep> steps, Anatomy whatToImage) {
        newExam();
        ordered = whatToImage;
        bodyPart.set(whatToImage.part());
        side.set(whatToImage.side());
        Patient planned = steps.get(0).patient();
        name.set(PersonName.display(planned.name()));
        id.set(planned.id());
        birthDate.set(planned.birthDate() == null ? "" : planned.birthDate().toString());
        sex.set(planned.sex());
        weight.set(planned.weightKilograms() > 0 ? Double.toString(planned.weightKilograms()) : "");
        orders.set(List.copyOf(steps));
    }

    /** Whether the operator wants images of a simulated scanner under this planned patient. */
    public boolean mayBeSimulated() {
        return simulationAllowed;
    }

    /** The operator wants that, until the end of the exam. */
    public void allowSimulation() {
        simulationAllowed = true;
    }

    /** What is wrong with the birth date, in words, or empty. */
    public String birthDateProblem() {
        String typed = birthDate.get().strip();
        if (typed.isEmpty()) {
            return "";
        }
        try {
            return LocalDate.parse(typed).isAfter(LocalDate.now()) ? Messages.text("patient.birthDate.future") : "";
        } catch (DateTimeParseException e) {
            return Messages.text("patient.birthDate.wrong", typed);
        }
    }

    /** What is wrong with the weight, in words, or empty. */
    public String weightProblem() {
        String typed = weight.get().strip();
        if (typed.isEmpty()) {
            return "";
        }
        try {
            double kilograms = Double.parseDouble(typed);
            return kilograms > 0 && kilograms <= HEAVIEST_KILOGRAMS ? "" : Messages.text("patient.weight.range", typed);
        } catch (NumberFormatException e) {
            return Messages.text("patient.weight.wrong", typed);
        }
    }

    /** The first thing that is wrong, or empty. */
    public String problem() {
        String date = birthDateProblem();
        String typed = date.isEmpty() ? weightProblem() : date;
        return typed.isEmpty() && sideMissing()
                ? Messages.text("patient.side.missing", bodyPart.get().region().meaning())
                : typed;
    }

    /** The study that the next scan belongs to. The first call fixes the patient. What is wrong is left out. */
    public Study study() {
        if (study == null) {
            OffsetDateTime now = OffsetDateTime.now();
            study = new Study(
                    UID.create(), "", "", "", "", UID.create(), now, patient(), position.get(), "", phantom.get());
            if (!orders.get().isEmpty()) {
                study = study.withOrders(orders.get());
            }
            fixed.set(true);
        }
        study = study.withAnatomy(anatomy());
        return study;
    }

    /** The study under way, if a scan has begun. */
    public Optional<Study> current() {
        return Optional.ofNullable(study);
    }

    private Patient patient() {
        String typedDate = birthDateProblem().isEmpty() ? birthDate.get().strip() : "";
        String typedWeight = weightProblem().isEmpty() ? weight.get().strip() : "";
        if (!orders.get().isEmpty()) {
            Patient planned = orders.get().get(0).patient();
            double kilograms = typedWeight.isEmpty() ? Double.NaN : Double.parseDouble(typedWeight);
            return new Patient(planned.name(), planned.id(), planned.birthDate(), planned.sex(), kilograms);
        }
        return new Patient(
                name.get().strip().replaceAll("\\s*,\\s*", "^"),
                id.get().strip(),
                typedDate.isEmpty() ? null : LocalDate.parse(typedDate),
                sex.get(),
                typedWeight.isEmpty() ? Double.NaN : Double.parseDouble(typedWeight));
    }

    /** Forgets the patient. */
    public void newExam() {
        study = null;
        simulationAllowed = false;
        orders.set(List.of());
        ordered = Anatomy.UNKNOWN;
        bodyPart.set(null);
        side.set(Side.UNKNOWN);
        fixed.set(false);
        name.set("");
        id.set("");
        birthDate.set("");
        sex.set("");
        weight.set("");
        position.set(PatientPosition.HFS);
        phantom.set(false);
    }

    /** What the top bar calls the patient. */
    public StringBinding titleBinding() {
        return Bindings.createStringBinding(
                () -> name.get().isBlank()
                        ? Messages.text("patient.none")
                        : name.get().strip(),
                name);
    }

    /** "ID QA-0471 · 3.2 kg · head first, supine". */
    public StringBinding detailBinding() {
        return Bindings.createStringBinding(
                () -> {
                    StringBuilder text = new StringBuilder();
                    if (!id.get().isBlank()) {
                        text.append(Messages.text("patient.id.short", id.get().strip()))
                                .append(" · ");
                    }
                    if (!weight.get().isBlank() && weightProblem().isEmpty()) {
                        text.append(weight.get().strip()).append(" kg · ");
                    }
                    return text.append(position.get().description()).toString();
                },
                id,
                weight,
                position);
    }
}
