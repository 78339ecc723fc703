package org.isocenter.dicom.iod;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.model.Coils;
import org.isocenter.model.Encoding;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.ScannerInfo;
import org.isocenter.model.SequenceParameters;

/**
 * How the images were acquired: MR image and equipment modules (PS3.3 C.8.3.1, C.7.5.1). What is not known is left out, or
 * left empty where the standard wants the attribute.
 */
final class AcquisitionModules {
    private static final double MEGAHERTZ = 1e-6;
    private static final double MILLISECONDS = 1e3;
    private static final double PROTON_HERTZ_PER_TESLA = 42.577478e6;
    /** Wide enough for a nominal field, narrower than the 6 % to fluorine. */
    private static final double NUCLEUS_TOLERANCE = 0.03;

    private final Attributes attributes;
    private final TextWriter text;

    AcquisitionModules(Attributes attributes, TextWriter text) {
        this.attributes = attributes;
        this.text = text;
    }

    void write(ScanHeader header, ImageVolume volume) {
        writeEquipment(header.scanner());
        text.describe(Tag.StationName, header.scanner().stationName());
        text.describe(Tag.ReceiveCoilName, header.scanner().coilName());
        text.describe(Tag.TransmitCoilName, Coils.of(header).transmitName());
        writeField(header.scanner());
        writeSequence(header.sequence(), volume.quantity().isMap());
        encoding(header, volume)
                .ifPresent(encoding -> writeEncoding(encoding, header.sequence().dwellSeconds()));
    }

    /** The general equipment module. */
    void writeEquipment(ScannerInfo scanner) {
        attributes.setString(Tag.Manufacturer, "Isocenter");
        text.describe(Tag.ManufacturerModelName, model(scanner));
        text.describe(Tag.DeviceSerialNumber, scanner.serialNumber());
        text.describe(Tag.SoftwareVersions, scanner.softwareVersion());
        text.describe(Tag.InstitutionName, scanner.institution());
    }

    private void writeField(ScannerInfo scanner) {
        double field = scanner.fieldTesla();
        double larmor = scanner.larmorHertz();
        positive(Tag.MagneticFieldStrength, field);
        positive(Tag.ImagingFrequency, larmor * MEGAHERTZ);
        if (isProton(scanner)) {
            attributes.setString(Tag.ImagedNucleus, "1H");
        }
    }

    /** By the ratio of frequency and field. */
    static boolean isProton(ScannerInfo scanner) {
        double ratio = scanner.larmorHertz() / (scanner.fieldTesla() * PROTON_HERTZ_PER_TESLA);
        return Math.abs(ratio - 1) < NUCLEUS_TOLERANCE;
    }

    /** The console made the images, so Manufacturer names it; the maker of the scanner goes before its model. */
    private static String model(ScannerInfo scanner) {
        String vendor = scanner.vendor() == null ? "" : scanner.vendor().strip();
        String model = scanner.model() == null ? "" : scanner.model().strip();
        boolean named = vendor.isEmpty() || vendor.equalsIgnoreCase("Isocenter") || model.startsWith(vendor);
        return named ? model : (vendor + " " + model).strip();
    }

    private void writeSequence(SequenceParameters sequence, boolean isMap) {
        List<String> scanning = sequence.scanningSequence();
        // "Research mode" is the standard's word for a sequence that it has no word for.
        attributes.setString(Tag.ScanningSequence, scanning.isEmpty() ? new String[] {"RM"} : array(scanning));
        List<String> variant = sequence.sequenceVariant();
        attributes.setString(Tag.SequenceVariant, variant.isEmpty() ? new String[] {"NONE"} : array(variant));
        attributes.setEmpty(Tag.ScanOptions);
        // Of a map enhanced images may not tell it, and programs that convert lay voxels of 3D differently: so both
        // kinds leave it.
        String type = isMap ? "" : String.valueOf(sequence.acquisitionType());
        attributes.setString(Tag.MRAcquisitionType, Set.of("2D", "3D").contains(type) ? type : "");
        text.describe(Tag.SequenceName, sequence.sequenceName());
        positiveOrEmpty(Tag.RepetitionTime, sequence.repetitionTimeSeconds() * MILLISECONDS);
        if (scanning.contains("IR")) {
            positiveOrEmpty(Tag.InversionTime, sequence.inversionTimeSeconds() * MILLISECONDS);
        }
        positive(Tag.FlipAngle, Math.toDegrees(sequence.flipAngleRadians()));
        positive(Tag.NumberOfAverages, sequence.averages());
        if (sequence.echoTrainLength() > 0) {
            attributes.setInt(Tag.EchoTrainLength, sequence.echoTrainLength());
        } else {
            attributes.setEmpty(Tag.EchoTrainLength);
        }
    }

    /** @param contrast which echo, from 0 */
    void writeEcho(SequenceParameters sequence, int contrast) {
        positiveOrEmpty(Tag.EchoTime, echoTimeSeconds(sequence, contrast) * MILLISECONDS);
        attributes.setInt(Tag.EchoNumbers, contrast + 1);
    }

    /** NaN when it is not known. */
    static double echoTimeSeconds(SequenceParameters sequence, int contrast) {
        List<Double> echoTimes = sequence.echoTimesSeconds();
        return contrast < echoTimes.size() ? echoTimes.get(contrast) : Double.NaN;
    }

    /** The encoding that made the volume, as far as its size tells. */
    static Optional<Encoding> encoding(ScanHeader header, ImageVolume volume) {
        return header.encodings().stream()
                .filter(e -> e.reconX() == volume.columns() && e.reconY() == volume.rows())
                .findFirst()
                .or(() -> header.encodings().stream().findFirst());
    }

    private void writeEncoding(Encoding encoding, double dwellSeconds) {
        positive(Tag.PixelBandwidth, 1 / (dwellSeconds * encoding.encodedX()));
        if (encoding.trajectory() != Trajectory.CARTESIAN && encoding.trajectory() != Trajectory.EPI) {
            return;
        }
        // The image's columns run along the phase direction (EncodingGeometry), so phase is encoded in columns.
        attributes.setString(Tag.InPlanePhaseEncodingDirection, "COL");
        int lines = encoding.step1().count();
        double frequencySamples = encoding.encodedX()
                * encoding.reconFovMeters().x()
                / encoding.encodedFovMeters().x();
        if (frequencySamples >= 1 && frequencySamples <= 0xFFFF && lines >= 1 && lines <= 0xFFFF) {
            attributes.setInt(Tag.AcquisitionMatrix, (int) Math.rint(frequencySamples), 0, 0, lines);
            attributes.setInt(Tag.NumberOfPhaseEncodingSteps, lines);
        }
        double sampled = 100.0 * lines / encoding.encodedY();
        if (sampled <= 100) {
            positive(Tag.PercentSampling, sampled);
        }
        positive(
                Tag.PercentPhaseFieldOfView,
                100 * encoding.reconFovMeters().y() / encoding.reconFovMeters().x());
    }

    private void positive(int tag, double value) {
        if (value > 0 && Double.isFinite(value)) {
            attributes.setDouble(tag, value);
        }
    }

    private void positiveOrEmpty(int tag, double value) {
        attributes.setEmpty(tag);
        positive(tag, value);
    }

    private static String[] array(List<String> values) {
        return values.toArray(String[]::new);
    }
}
