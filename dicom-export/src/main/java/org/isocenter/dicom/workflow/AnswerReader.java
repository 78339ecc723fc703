package org.isocenter.dicom.workflow;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Dictionary;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.iod.Codes;
import org.isocenter.dicom.iod.SopReferences;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientCare;
import org.isocenter.model.RequestedProcedure;
import org.isocenter.model.ScheduledStep;

/** Reads one answer of a worklist, whatever its faults: what cannot be understood is left out and told. */
final class AnswerReader {
    /** Also as older standards wrote them: "2026.03.01", "09:45". */
    private static final Pattern DATE = Pattern.compile("(\\d{4})\\.?(\\d\\d)\\.?(\\d\\d)");

    private static final Pattern TIME = Pattern.compile("(\\d\\d)(?::?(\\d\\d)(?::?(\\d\\d)(?:\\.(\\d{1,6}))?)?)?");
    private static final Set<String> SEXES = Set.of("M", "F", "O");

    private final Attributes answer;
    /** Why the entry cannot be used. */
    private final List<String> stopping = new ArrayList<>();

    private final List<String> further = new ArrayList<>();

    private AnswerReader(Attributes answer) {
        this.answer = answer;
    }

    /** One entry for each scheduled step; an answer without any gives an entry that says so. */
    static List<WorklistEntry> read(Attributes answer) {
        List<Attributes> steps = answer.getSequence(Tag.ScheduledProcedureStepSequence);
        return (steps.isEmpty() ? List.of(answer.newItem()) : steps)
                .stream().map(step -> new AnswerReader(answer).entry(step)).toList();
    }

    private WorklistEntry entry(Attributes step) {
        ScheduledStep read = new ScheduledStep(
                text(step, Tag.ScheduledProcedureStepID),
                text(step, Tag.ScheduledProcedureStepDescription),
                Codes.read(step, Tag.ScheduledProtocolCodeSequence),
                text(step, Tag.Modality),
                text(step, Tag.ScheduledStationAETitle),
                text(step, Tag.ScheduledStationName),
                text(step, Tag.ScheduledProcedureStepLocation),
                date(step, Tag.ScheduledProcedureStepStartDate),
                time(step, Tag.ScheduledProcedureStepStartTime),
                text(step, Tag.ScheduledPerformingPhysicianName),
                text(step, Tag.PreMedication),
                text(step, Tag.RequestedContrastAgent),
                procedure(),
                patient(),
                care(),
                ProtocolContext.read(step, answer));
        checkCharacters(read);
        return WorklistEntry.of(read, stopping, further);
    }

    private RequestedProcedure procedure() {
        return new RequestedProcedure(
                text(answer, Tag.RequestedProcedureID),
                text(answer, Tag.RequestedProcedureDescription),
                Codes.read(answer, Tag.RequestedProcedureCodeSequence),
                text(answer, Tag.StudyInstanceUID),
                SopReferences.read(answer, Tag.ReferencedStudySequence),
                text(answer, Tag.RequestedProcedurePriority),
                text(answer, Tag.AccessionNumber),
                text(answer, Tag.ReferringPhysicianName),
                text(answer, Tag.RequestingPhysician));
    }

    private Patient patient() {
        String sex = text(answer, Tag.PatientSex);
        if (!sex.isEmpty() && !SEXES.contains(sex)) {
            further.add(Dictionary.describe(Tag.PatientSex) + " is " + sex
                    + ", not M, F or O: it stays empty in the images");
            sex = "";
        }
        return new Patient(
                text(answer, Tag.PatientName),
                text(answer, Tag.PatientID),
                date(answer, Tag.PatientBirthDate),
                sex,
                weightKilograms());
    }

    private double weightKilograms() {
        double weight = number(Tag.PatientWeight);
        if (weight <= 0) {
            // Many systems write 0 for "not known".
            return Double.NaN;
        }
        return weight;
    }

    private PatientCare care() {
        double pregnancy = number(Tag.PregnancyStatus);
        return new PatientCare(
                texts(Tag.MedicalAlerts),
                texts(Tag.Allergies),
                Double.isNaN(pregnancy) ? 0 : (int) pregnancy,
                text(answer, Tag.SpecialNeeds),
                text(answer, Tag.PatientState),
                text(answer, Tag.AdmissionID),
                text(answer, Tag.CurrentPatientLocation),
                text(answer, Tag.PatientTransportArrangements),
                text(answer, Tag.ConfidentialityConstraintOnPatientDataDescription));
    }

    private static String text(Attributes from, int tag) {
        String text = from.getString(tag);
        return text == null ? "" : text;
    }

    private String texts(int tag) {
        return String.join("; ", answer.getStrings(tag));
    }

    /** NaN when it is not told or not understood. */
    private double number(int tag) {
        try {
            double[] numbers = answer.getDoubles(tag);
            return numbers.length == 0 ? Double.NaN : numbers[0];
        } catch (DicomValueException e) {
            further.add(Dictionary.describe(tag) + " is no number: left out");
            return Double.NaN;
        }
    }

    private LocalDate date(Attributes from, int tag) {
        String text = text(from, tag);
        Matcher parts = DATE.matcher(text);
        try {
            if (parts.matches()) {
                return LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3));
            }
        } catch (DateTimeException e) {
            // Told below, like everything else that is no date.
        }
        if (!text.isEmpty()) {
            further.add(Dictionary.describe(tag) + " is no date (" + text + "): left out");
        }
        return null;
    }

    private LocalTime time(Attributes from, int tag) {
        String text = text(from, tag);
        Matcher parts = TIME.matcher(text);
        try {
            if (parts.matches()) {
                String fraction = parts.group(4) == null ? "" : parts.group(4);
                int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
                return LocalTime.of(number(parts, 1), number(parts, 2), number(parts, 3), nanos);
            }
        } catch (DateTimeException e) {
            // Told below, like everything else that is no time.
        }
        if (!text.isEmpty()) {
            further.add(Dictionary.describe(tag) + " is no time (" + text + "): left out");
        }
        return null;
    }

    private static int number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
    }

    private void checkCharacters(ScheduledStep read) {
        // Of several sets the first may be empty.
        String told = String.join("\\", answer.getStrings(Tag.SpecificCharacterSet));
        boolean unicode = told.isEmpty() || told.equals("ISO_IR 192");
        boolean unreadable = Stream.of(
                        read.patient().name(),
                        read.patient().id(),
                        read.procedure().id(),
                        read.procedure().accessionNumber(),
                        read.id())
                .anyMatch(text -> text.indexOf('\uFFFD') >= 0);
        if (unreadable || unicode && anyText(answer, bytes -> !isUnicode(bytes))) {
            stopping.add("text is not in the characters that the worklist claims to write ("
                    + (told.isEmpty() ? "none told" : told) + "): have the worklist server tell its character set");
        } else if (told.isEmpty() && anyText(answer, bytes -> !isPlain(bytes))) {
            further.add("the worklist does not say in which characters it writes ("
                    + Dictionary.describe(Tag.SpecificCharacterSet) + " is missing): read as UTF-8, compare the name");
        }
    }

    private static boolean anyText(Attributes in, Predicate<byte[]> test) {
        for (int tag : in.tags()) {
            VR.Kind kind = in.vr(tag).kind();
            if (kind == VR.Kind.TEXT && test.test(in.getBytes(tag))) {
                return true;
            }
            if (kind == VR.Kind.SEQUENCE && in.getSequence(tag).stream().anyMatch(item -> anyText(item, test))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlain(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnicode(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
