package org.isocenter.dicom.nifti;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;

/** What is told beside a volume, by the names of the Brain Imaging Data Structure: times in s, nothing of the patient. */
final class Sidecar {
    private static final double SECONDS = 1e-3;

    private Sidecar() {}

    static ObjectNode of(Stack stack) {
        Frame frame = stack.first();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        text(json, "Modality", frame.text(Tag.Modality));
        number(json, "MagneticFieldStrength", frame.number(Tag.MagneticFieldStrength));
        double megahertz = frame.number(Tag.TransmitterFrequency);
        number(json, "ImagingFrequency", Double.isNaN(megahertz) ? frame.number(Tag.ImagingFrequency) : megahertz);
        text(json, "Manufacturer", frame.text(Tag.Manufacturer));
        text(json, "ManufacturersModelName", frame.text(Tag.ManufacturerModelName));
        text(json, "SoftwareVersions", frame.text(Tag.SoftwareVersions));
        text(json, "BodyPartExamined", frame.text(Tag.BodyPartExamined));
        text(json, "PatientPosition", frame.text(Tag.PatientPosition));
        text(json, "SeriesDescription", frame.text(Tag.SeriesDescription));
        text(json, "ProtocolName", frame.text(Tag.ProtocolName));
        text(json, "ScanningSequence", String.join("\\", frame.texts(Tag.ScanningSequence)));
        text(json, "SequenceVariant", String.join("\\", frame.texts(Tag.SequenceVariant)));
        String name = frame.text(Tag.PulseSequenceName);
        text(json, "SequenceName", name.isEmpty() ? frame.text(Tag.SequenceName) : name);
        text(json, "MRAcquisitionType", frame.text(Tag.MRAcquisitionType));
        texts(json, "ImageType", frame.texts(Tag.ImageType));
        text(json, "ReceiveCoilName", frame.text(Tag.ReceiveCoilName));
        number(json, "SeriesNumber", frame.number(Tag.SeriesNumber));
        number(json, "AcquisitionNumber", frame.number(Tag.AcquisitionNumber));
        number(json, "EchoNumber", frame.number(Tag.EchoNumbers));
        number(json, "EchoTime", frame.echoTime() * SECONDS);
        number(json, "RepetitionTime", frame.number(Tag.RepetitionTime) * SECONDS);
        double inversion = frame.number(Tag.InversionTimes);
        number(
                json,
                "InversionTime",
                (Double.isNaN(inversion) ? frame.number(Tag.InversionTime) : inversion) * SECONDS);
        number(json, "FlipAngle", frame.number(Tag.FlipAngle));
        number(json, "EchoTrainLength", frame.number(Tag.EchoTrainLength));
        number(json, "NumberOfAverages", frame.number(Tag.NumberOfAverages));
        number(json, "PixelBandwidth", frame.number(Tag.PixelBandwidth));
        number(json, "PercentSampling", frame.number(Tag.PercentSampling));
        number(json, "PercentPhaseFOV", frame.number(Tag.PercentPhaseFieldOfView));
        phaseEncoding(json, frame);
        number(json, "AcquisitionDuration", frame.number(Tag.AcquisitionDuration));
        number(json, "SliceThickness", frame.number(Tag.SliceThickness));
        number(json, "SpacingBetweenSlices", frame.number(Tag.SpacingBetweenSlices));
        ArrayNode orientation = json.putArray("ImageOrientationPatientDICOM");
        for (double number : frame.numbers(Tag.ImageOrientationPatient)) {
            orientation.add(number);
        }
        for (Attributes map : frame.items(Tag.RealWorldValueMappingSequence)) {
            for (Attributes unit : map.getSequence(Tag.MeasurementUnitsCodeSequence)) {
                String code = unit.getString(Tag.CodeValue);
                text(json, "Units", code == null ? "" : code);
            }
        }
        text(json, "ConversionSoftware", "Isocenter");
        return json;
    }

    /** Along which axis of the voxels: the volumes are laid as the images are, but for the order of rows. */
    private static void phaseEncoding(ObjectNode json, Frame frame) {
        String direction = frame.text(Tag.InPlanePhaseEncodingDirection);
        boolean columns = direction.startsWith("COL");
        if (!columns && !direction.equals("ROW")) {
            return;
        }
        double lines = frame.number(Tag.MRAcquisitionPhaseEncodingStepsInPlane);
        number(json, "AcquisitionMatrixPE", Double.isNaN(lines) ? frame.number(Tag.NumberOfPhaseEncodingSteps) : lines);
        number(json, "ReconMatrixPE", columns ? frame.rows() : frame.columns());
        json.put("InPlanePhaseEncodingDirectionDICOM", columns ? "COL" : "ROW");
        json.put("PhaseEncodingAxis", columns ? "j" : "i");
    }

    private static void text(ObjectNode json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }

    private static void texts(ObjectNode json, String name, String[] values) {
        ArrayNode array = json.putArray(name);
        for (String value : values) {
            array.add(value);
        }
    }

    private static void number(ObjectNode json, String name, double value) {
        if (value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE) {
            json.put(name, (int) value);
        } else if (Double.isFinite(value)) {
            json.put(name, value);
        }
    }
}
