package org.isocenter.recon.mrd;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.isocenter.model.Diffusion;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.ParallelImaging;
import org.isocenter.model.Patient;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.Study;
import org.isocenter.model.TrajectoryDescription;
import org.isocenter.model.Vec3;

/** Writes one header, element by element in the schema's order. */
final class MrdHeaderWriter {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_LOCAL_TIME;

    private final ScanHeader header;
    private final XmlText xml = new XmlText();
    private final Map<String, Double> ownNumbers = new LinkedHashMap<>();
    private final Map<String, String> ownTexts = new LinkedHashMap<>();

    MrdHeaderWriter(ScanHeader header) {
        this.header = header;
    }

    String write() {
        xml.openWith("ismrmrdHeader", " xmlns=\"" + MrdHeaderXml.NAMESPACE + "\"");
        Study study = header.study();
        subject(study.patient());
        study(study);
        measurement(study);
        system(header.scanner());
        xml.open("experimentalConditions");
        xml.leaf("H1resonanceFrequency_Hz", larmor(header.scanner()));
        xml.close("experimentalConditions");
        for (int i = 0; i < header.encodings().size(); i++) {
            encoding(header.encodings().get(i), i);
        }
        sequence(header.sequence());
        userParameters();
        xml.close("ismrmrdHeader");
        return xml.toString();
    }

    private void subject(Patient patient) {
        xml.open("subjectInformation");
        xml.leafIfKnown("patientName", patient.name());
        xml.leafIfKnown("patientWeight_kg", number(patient.weightKilograms()));
        xml.leafIfKnown("patientID", patient.id());
        xml.leafIfKnown("patientBirthdate", patient.birthDate());
        xml.leafIfKnown("patientGender", patient.sex().matches("[MFO]") ? patient.sex() : "");
        xml.close("subjectInformation");
    }

    private void study(Study study) {
        xml.open("studyInformation");
        dateAndTime("study", study.start());
        xml.leafIfKnown("studyID", study.id());
        if (isLong(study.accessionNumber())) {
            xml.leaf("accessionNumber", study.accessionNumber());
        } else {
            ownText("accessionNumber", study.accessionNumber());
        }
        xml.leafIfKnown("referringPhysicianName", study.referringPhysician());
        xml.leafIfKnown("studyDescription", study.description());
        xml.leafIfKnown("studyInstanceUID", study.instanceUid());
        xml.close("studyInformation");
        ownText("bodyPart", study.anatomy().term());
        ownText("bodySide", study.anatomy().side().letter());
        ownText("phantom", study.phantom() ? "true" : "");
        ownText("order", OrderJson.write(study.orders()));
        ownText("performed", OrderJson.write(study.performed()));
    }

    private void measurement(Study study) {
        xml.open("measurementInformation");
        xml.leafIfKnown("measurementID", header.measurementId());
        dateAndTime("series", header.start());
        xml.leaf("patientPosition", study.position().name());
        xml.leafIfKnown("protocolName", header.protocolName());
        xml.leafIfKnown("frameOfReferenceUID", study.frameOfReferenceUid());
        xml.close("measurementInformation");
    }

    private void system(ScannerInfo scanner) {
        xml.open("acquisitionSystemInformation");
        xml.leafIfKnown("systemVendor", scanner.vendor());
        xml.leafIfKnown("systemModel", scanner.model());
        xml.leafIfKnown("systemFieldStrength_T", number(scanner.fieldTesla()));
        xml.leaf("receiverChannels", unsignedShort(scanner.receiverChannels(), "receiver channels"));
        List<String> coils = scanner.channelCoils().isEmpty() ? List.of(scanner.coilName()) : scanner.channelCoils();
        for (int channel = 0; channel < coils.size(); channel++) {
            if (!coils.get(channel).isEmpty()) {
                xml.open("coilLabel").leaf("coilNumber", channel).leaf("coilName", coils.get(channel));
                xml.close("coilLabel");
            }
        }
        xml.leafIfKnown("institutionName", scanner.institution());
        xml.leafIfKnown("stationName", scanner.stationName());
        xml.leafIfKnown("deviceID", scanner.serialNumber());
        xml.close("acquisitionSystemInformation");
        ownText("softwareVersion", scanner.softwareVersion());
    }

    /** The schema wants a whole number; the exact one goes beside it. 0 where it is not known. */
    private long larmor(ScannerInfo scanner) {
        double hertz = scanner.larmorHertz();
        if (!Double.isFinite(hertz)) {
            return 0;
        }
        if (hertz != Math.rint(hertz)) {
            ownNumbers.put("larmor_Hz", hertz);
        }
        return Math.round(hertz);
    }

    private void encoding(Encoding encoding, int index) {
        xml.open("encoding");
        space(
                "encodedSpace",
                encoding.encodedX(),
                encoding.encodedY(),
                encoding.encodedZ(),
                encoding.encodedFovMeters());
        space("reconSpace", encoding.reconX(), encoding.reconY(), encoding.reconZ(), encoding.reconFovMeters());
        xml.open("encodingLimits");
        limit("kspace_encoding_step_0", EncodingLimits.ofCount(encoding.encodedX()));
        limit("kspace_encoding_step_1", encoding.step1());
        limit("kspace_encoding_step_2", encoding.step2());
        limit("average", counting(encoding.averages()));
        limit("slice", counting(encoding.slices()));
        limit("contrast", counting(encoding.contrasts()));
        limit("repetition", counting(encoding.repetitions()));
        xml.close("encodingLimits");
        xml.leaf("trajectory", encoding.trajectory().name().toLowerCase(Locale.ROOT));
        trajectoryDescription(encoding.description());
        parallelImaging(encoding.parallelImaging());
        xml.leaf("echoTrainLength", encoding.echoTrainLength());
        xml.close("encoding");
        ownNumber("encoding" + index + ".sliceSpacing_m", encoding.sliceSpacingMeters());
    }

    private void trajectoryDescription(TrajectoryDescription description) {
        if (!description.isKnown()) {
            return;
        }
        xml.open("trajectoryDescription").leaf("identifier", description.identifier());
        new TreeMap<>(description.whole()).forEach((name, value) -> parameter("userParameterLong", name, value));
        new TreeMap<>(description.numbers()).forEach((name, value) -> parameter("userParameterDouble", name, value));
        xml.close("trajectoryDescription");
    }

    /** Of whole k-space too: Gadgetron has room for partial Fourier's lines only where it finds this element. */
    private void parallelImaging(ParallelImaging parallel) {
        xml.open("parallelImaging").open("accelerationFactor");
        xml.leaf("kspace_encoding_step_1", unsignedShort(parallel.factor1(), "acceleration"));
        xml.leaf("kspace_encoding_step_2", unsignedShort(parallel.factor2(), "acceleration"));
        xml.close("accelerationFactor");
        xml.leaf("calibrationMode", parallel.calibration().name().toLowerCase(Locale.ROOT));
        xml.close("parallelImaging");
    }

    /** Of counters without a centre; none at all is written as one. */
    private static EncodingLimits counting(int count) {
        return new EncodingLimits(0, Math.max(0, count - 1), 0);
    }

    private void space(String element, int x, int y, int z, Vec3 fovMeters) {
        xml.open(element).open("matrixSize");
        xml.leaf("x", unsignedShort(x, "columns")).leaf("y", unsignedShort(y, "rows"));
        xml.leaf("z", unsignedShort(z, "partitions"));
        xml.close("matrixSize").open("fieldOfView_mm");
        xml.leaf("x", extent(fovMeters.x())).leaf("y", extent(fovMeters.y())).leaf("z", extent(fovMeters.z()));
        xml.close("fieldOfView_mm").close(element);
    }

    private void limit(String element, EncodingLimits limits) {
        xml.open(element);
        xml.leaf("minimum", unsignedShort(limits.minimum(), element));
        xml.leaf("maximum", unsignedShort(limits.maximum(), element));
        xml.leaf("center", unsignedShort(limits.center(), element));
        xml.close(element);
    }

    private void sequence(SequenceParameters sequence) {
        xml.open("sequenceParameters");
        xml.leafIfKnown("TR", milli(sequence.repetitionTimeSeconds()));
        sequence.echoTimesSeconds().forEach(seconds -> xml.leafIfKnown("TE", milli(seconds)));
        xml.leafIfKnown("TI", milli(sequence.inversionTimeSeconds()));
        xml.leafIfKnown("flipAngle_deg", degrees(sequence.flipAngleRadians()));
        xml.leafIfKnown("sequence_type", sequence.sequenceName());
        diffusion(sequence.diffusion());
        xml.close("sequenceParameters");
        ownText("scanningSequence", String.join(MrdHeaderXml.LIST_SEPARATOR, sequence.scanningSequence()));
        ownText("sequenceVariant", String.join(MrdHeaderXml.LIST_SEPARATOR, sequence.sequenceVariant()));
        ownText("acquisitionType", sequence.acquisitionType());
        ownNumber("echoTrainLength", sequence.echoTrainLength());
        ownNumber("averages", sequence.averages());
        ownNumber("sliceThickness_m", sequence.sliceThicknessMeters());
        ownNumber("dwell_s", sequence.dwellSeconds());
    }

    /** In the order of the counter that tells the weightings apart. */
    private void diffusion(List<Diffusion> weightings) {
        if (weightings.isEmpty()) {
            return;
        }
        xml.leaf("diffusionDimension", "set");
        for (Diffusion weighting : weightings) {
            // MRD's directions are those of the patient's axes, which it names after their ends in DICOM.
            Vec3 direction = weighting.direction();
            xml.open("diffusion").open("gradientDirection");
            xml.leaf("rl", direction.x()).leaf("ap", direction.y()).leaf("fh", direction.z());
            xml.close("gradientDirection");
            xml.leaf("bvalue", weighting.secondsPerSquareMillimeter());
            xml.close("diffusion");
        }
    }

    private void userParameters() {
        xml.open("userParameters");
        ownNumbers.forEach((name, value) -> parameter("userParameterDouble", MrdHeaderXml.OWN + name, value));
        ownTexts.forEach((name, value) -> parameter("userParameterString", MrdHeaderXml.OWN + name, value));
        new TreeMap<>(header.userParameters()).forEach((name, value) -> parameter("userParameterString", name, value));
        xml.close("userParameters");
    }

    private void parameter(String element, String name, Object value) {
        xml.open(element).leaf("name", name).leaf("value", value).close(element);
    }

    /** The schema's date and time, local and to the second; the exact moment with its zone goes beside them. */
    private void dateAndTime(String prefix, OffsetDateTime moment) {
        if (moment != null) {
            xml.leaf(prefix + "Date", DATE.format(moment));
            xml.leaf(prefix + "Time", TIME.format(moment.withNano(0)));
            ownText(prefix + "Start", moment.toString());
        }
    }

    private void ownText(String name, String value) {
        if (value != null && !value.isEmpty()) {
            ownTexts.put(name, value);
        }
    }

    private void ownNumber(String name, double value) {
        if (Double.isFinite(value)) {
            ownNumbers.put(name, value);
        }
    }

    private static boolean isLong(String text) {
        try {
            return Long.toString(Long.parseLong(text)).equals(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static int unsignedShort(int value, String what) {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException(value + " " + what + ": an MRD header holds 0 to 65535");
        }
        return value;
    }

    private static String extent(double meters) {
        if (!Double.isFinite(meters)) {
            throw new IllegalArgumentException("a field of view of " + meters + " m cannot be written");
        }
        return milli(meters);
    }

    /** Null where it is not known. */
    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : null;
    }

    /** A thousandfold in decimal, so that the way back gives the same double. Null where it is not known. */
    private static String milli(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(Double.toString(value))
                        .movePointRight(3)
                        .stripTrailingZeros()
                        .toPlainString()
                : null;
    }

    private static String degrees(double radians) {
        return Double.isFinite(radians)
                ? new BigDecimal(Math.toDegrees(radians), new MathContext(14))
                        .stripTrailingZeros()
                        .toPlainString()
                : null;
    }
}
