package org.isocenter.recon.mrd;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.isocenter.model.Anatomy;
import org.isocenter.model.BodyPart;
import org.isocenter.model.Diffusion;
import org.isocenter.model.Encoding;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Side;
import org.isocenter.model.Study;
import org.isocenter.model.Vec3;

/** Reads one header, whatever its faults. */
final class MrdHeaderReader {
    private static final List<String> ROOT_ORDER = List.of(
            "version",
            "subjectInformation",
            "studyInformation",
            "measurementInformation",
            "acquisitionSystemInformation",
            "experimentalConditions",
            "encoding",
            "sequenceParameters",
            "userParameters",
            "waveformInformation");
    private static final List<String> MEASUREMENT_ORDER = List.of(
            "measurementID",
            "seriesDate",
            "seriesTime",
            "patientPosition",
            "relativeTablePosition",
            "initialSeriesNumber",
            "protocolName",
            "sequenceName",
            "seriesDescription",
            "measurementDependency",
            "seriesInstanceUIDRoot",
            "frameOfReferenceUID",
            "referencedImageSequence");

    /** MRD's channel mask has no room for more. */
    private static final int MOST_CHANNELS = 1024;

    private final XmlNode root;
    private final MrdNotes notes;
    private final LenientFields fields;
    private final Map<String, String> own = new HashMap<>();
    private final Map<String, String> userParameters = new HashMap<>();

    MrdHeaderReader(String text, MrdNotes notes) throws MrdFormatException {
        this.root = XmlNode.parse(text);
        this.notes = notes;
        this.fields = new LenientFields(notes);
        if (!root.name.equals("ismrmrdHeader")) {
            throw new MrdFormatException("", "XML header", "the root is <" + root.name + ">, not <ismrmrdHeader>");
        }
        if (!root.namespace.equals(MrdHeaderXml.NAMESPACE)) {
            notes.add("MRD header: the namespace is '" + root.namespace + "', not " + MrdHeaderXml.NAMESPACE
                    + ": read all the same");
        }
    }

    ScanHeader read() throws MrdFormatException {
        fields.checkOrder(root, ROOT_ORDER);
        readUserParameters();
        XmlNode measurement = root.child("measurementInformation");
        if (measurement != null) {
            fields.checkOrder(measurement, MEASUREMENT_ORDER);
        }
        List<Encoding> encodings = new EncodingReader(fields, notes, own).read(root);
        OffsetDateTime start = moment("series", measurement);
        return new ScanHeader(
                LenientFields.text(measurement, "measurementID"),
                LenientFields.text(measurement, "protocolName"),
                start,
                study(measurement),
                scanner(),
                sequence(measurement, encodings.get(0)),
                encodings,
                userParameters);
    }

    private void readUserParameters() {
        XmlNode parameters = root.child("userParameters");
        if (parameters == null) {
            return;
        }
        for (XmlNode parameter : parameters.children) {
            String name = LenientFields.text(parameter, "name");
            String value = LenientFields.text(parameter, "value");
            if (name.startsWith(MrdHeaderXml.OWN)) {
                own.put(name.substring(MrdHeaderXml.OWN.length()), value);
            } else if (!name.isEmpty()) {
                userParameters.put(name, value);
            }
        }
    }

    private Study study(XmlNode measurement) {
        XmlNode study = root.child("studyInformation");
        String accession = LenientFields.text(study, "accessionNumber").strip();
        return new Study(
                LenientFields.text(study, "studyInstanceUID"),
                LenientFields.text(study, "studyID"),
                accession.isEmpty() ? own.getOrDefault("accessionNumber", "") : accession,
                LenientFields.text(study, "studyDescription"),
                LenientFields.text(study, "referringPhysicianName"),
                LenientFields.text(measurement, "frameOfReferenceUID"),
                moment("study", study),
                patient(),
                position(measurement),
                anatomy(),
                own.getOrDefault("phantom", "").equals("true"),
                ownRecord("order", List.of(), OrderJson::scheduled),
                ownRecord("performed", null, OrderJson::performed));
    }

    private Anatomy anatomy() {
        String part = own.getOrDefault("bodyPart", "");
        String side = own.getOrDefault("bodySide", "");
        if (!part.isBlank() && BodyPart.of(part).isEmpty()) {
            notes.add("MRD header: userParameters/" + MrdHeaderXml.OWN
                    + "bodyPart is no term of DICOM's for a part of the body: left out");
        }
        return new Anatomy(BodyPart.of(part).orElse(null), Side.of(side).orElse(Side.UNKNOWN));
    }

    private <T> T ownRecord(String name, T unknown, Function<String, T> read) {
        try {
            return read.apply(own.getOrDefault(name, ""));
        } catch (IllegalArgumentException e) {
            notes.add("MRD header: userParameters/" + MrdHeaderXml.OWN + name + " is not understood: left out");
            return unknown;
        }
    }

    private Patient patient() {
        XmlNode subject = root.child("subjectInformation");
        String sex = LenientFields.text(subject, "patientGender").strip();
        if (!sex.matches("[MFO]?")) {
            // The value itself stays out of the note: notes may be logged.
            notes.add("MRD header: subjectInformation/patientGender is none of M, F, O: left out");
            sex = "";
        }
        return new Patient(
                LenientFields.text(subject, "patientName"),
                LenientFields.text(subject, "patientID"),
                fields.date(subject, "patientBirthdate"),
                sex,
                weight(subject));
    }

    private double weight(XmlNode subject) {
        double kilograms = fields.number(Double.NaN, subject, "patientWeight_kg");
        return kilograms > 0 ? kilograms : Double.NaN;
    }

    private PatientPosition position(XmlNode measurement) {
        String text = LenientFields.text(measurement, "patientPosition").strip();
        for (PatientPosition position : PatientPosition.values()) {
            if (position.name().equals(text)) {
                return position;
            }
        }
        notes.add("MRD header: measurementInformation/patientPosition is "
                + (text.isEmpty() ? "missing" : "not one of DICOM's positions") + ": assumed HFS (head first, supine)");
        return PatientPosition.HFS;
    }

    private OffsetDateTime moment(String prefix, XmlNode parent) {
        String exact = own.get(prefix + "Start");
        if (exact != null) {
            try {
                return OffsetDateTime.parse(exact);
            } catch (DateTimeException e) {
                notes.add(
                        "MRD header: userParameters/" + MrdHeaderXml.OWN + prefix + "Start is not a moment: left out");
            }
        }
        LocalDate date = fields.date(parent, prefix + "Date");
        // MRD's times have no zone: UTC, so that the clock shows the hour that was written.
        return date == null
                ? null
                : date.atTime(fields.time(parent, prefix + "Time")).atOffset(ZoneOffset.UTC);
    }

    private ScannerInfo scanner() {
        XmlNode system = root.child("acquisitionSystemInformation");
        double[] fieldAndFrequency = new FieldStrengthReader(root, notes)
                .read(
                        fields.number(Double.NaN, system, "systemFieldStrength_T"),
                        fields.number(Double.NaN, root, "experimentalConditions", "H1resonanceFrequency_Hz"));
        String serial = LenientFields.text(system, "deviceSerialNumber");
        return new ScannerInfo(
                LenientFields.text(system, "systemVendor"),
                LenientFields.text(system, "systemModel"),
                serial.isEmpty() ? LenientFields.text(system, "deviceID") : serial,
                LenientFields.text(system, "stationName"),
                LenientFields.text(system, "institutionName"),
                LenientFields.text(system, "coilLabel", "coilName"),
                fieldAndFrequency[0],
                ownNumber("larmor_Hz", fieldAndFrequency[1]),
                fields.count(0, 0, system, "receiverChannels"),
                own.getOrDefault("softwareVersion", ""),
                channelCoils(system));
    }

    /** What the channels are connected to, by the number of each label. A single label of number 0 is that of the whole coil. */
    private static List<String> channelCoils(XmlNode system) {
        String[] coils = new String[MOST_CHANNELS];
        Arrays.fill(coils, "");
        int count = 0;
        for (XmlNode label : system == null ? List.<XmlNode>of() : system.children("coilLabel")) {
            String number = LenientFields.text(label, "coilNumber");
            if (number.matches("\\d{1,4}") && Integer.parseInt(number) < MOST_CHANNELS) {
                coils[Integer.parseInt(number)] = LenientFields.text(label, "coilName");
                count = Math.max(count, Integer.parseInt(number) + 1);
            }
        }
        return count == 1 ? List.of() : List.of(coils).subList(0, count);
    }

    private SequenceParameters sequence(XmlNode measurement, Encoding encoding) {
        XmlNode sequence = root.child("sequenceParameters");
        List<Double> echoTimes = new ArrayList<>();
        if (sequence != null) {
            for (XmlNode echoTime : sequence.children("TE")) {
                echoTimes.add(fields.milli(echoTime.text(), Double.NaN, "sequenceParameters", "TE"));
            }
        }
        String type = LenientFields.text(sequence, "sequence_type");
        return new SequenceParameters(
                type.isEmpty() ? LenientFields.text(measurement, "sequenceName") : type,
                ownList("scanningSequence"),
                ownList("sequenceVariant"),
                own.getOrDefault("acquisitionType", encoding.encodedZ() > 1 ? "3D" : "2D"),
                fields.milli(Double.NaN, sequence, "TR"),
                echoTimes,
                fields.milli(Double.NaN, sequence, "TI"),
                Math.toRadians(fields.number(Double.NaN, sequence, "flipAngle_deg")),
                (int) ownNumber("echoTrainLength", encoding.echoTrainLength()),
                (int) ownNumber("averages", encoding.averages()),
                ownNumber("sliceThickness_m", encoding.reconFovMeters().z() / encoding.reconZ()),
                ownNumber("dwell_s", Double.NaN),
                diffusion(sequence));
    }

    /** Only when they go by the counter SET, as ours do: no other way to tell images apart is known here. */
    private List<Diffusion> diffusion(XmlNode sequence) {
        if (!LenientFields.text(sequence, "diffusionDimension").strip().equals("set")) {
            return List.of();
        }
        List<Diffusion> weightings = new ArrayList<>();
        for (XmlNode weighting : sequence.children("diffusion")) {
            weightings.add(new Diffusion(
                    fields.number(0, weighting, "bvalue") * 1e6,
                    new Vec3(
                            fields.number(0, weighting, "gradientDirection", "rl"),
                            fields.number(0, weighting, "gradientDirection", "ap"),
                            fields.number(0, weighting, "gradientDirection", "fh"))));
        }
        return weightings;
    }

    private List<String> ownList(String name) {
        String joined = own.getOrDefault(name, "");
        return joined.isEmpty() ? List.of() : List.of(joined.split("\\\\"));
    }

    private double ownNumber(String name, double fallback) {
        return EncodingReader.ownNumber(own, name, fallback);
    }
}
