package org.isocenter.dicom.data;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the standard's data dictionary (PS3.6) says of the tags in {@link Tag}. Where it leaves a choice, this is the VR that
 * unsigned 16-bit pixels need.
 */
public final class Dictionary {

    /** @param vr value representation; @param keyword the standard's keyword */
    private record Entry(int tag, VR vr, String keyword) {}

    private static final Map<Integer, Entry> ENTRIES = """
            00020000 UL FileMetaInformationGroupLength
            00020001 OB FileMetaInformationVersion
            00020002 UI MediaStorageSOPClassUID
            00020003 UI MediaStorageSOPInstanceUID
            00020010 UI TransferSyntaxUID
            00020012 UI ImplementationClassUID
            00020013 SH ImplementationVersionName
            00080005 CS SpecificCharacterSet
            00080008 CS ImageType
            00080012 DA InstanceCreationDate
            00080013 TM InstanceCreationTime
            00080016 UI SOPClassUID
            00080018 UI SOPInstanceUID
            00080020 DA StudyDate
            00080021 DA SeriesDate
            00080022 DA AcquisitionDate
            00080023 DA ContentDate
            00080030 TM StudyTime
            00080031 TM SeriesTime
            00080032 TM AcquisitionTime
            00080033 TM ContentTime
            00080050 SH AccessionNumber
            00080060 CS Modality
            00080070 LO Manufacturer
            00080080 LO InstitutionName
            00080090 PN ReferringPhysicianName
            00080201 SH TimezoneOffsetFromUTC
            00081010 SH StationName
            00081030 LO StudyDescription
            0008103E LO SeriesDescription
            00081090 LO ManufacturerModelName
            00082111 ST DerivationDescription
            00100010 PN PatientName
            00100020 LO PatientID
            00100030 DA PatientBirthDate
            00100040 CS PatientSex
            00101030 DS PatientWeight
            00180015 CS BodyPartExamined
            00180020 CS ScanningSequence
            00180021 CS SequenceVariant
            00180022 CS ScanOptions
            00180023 CS MRAcquisitionType
            00180024 SH SequenceName
            00180050 DS SliceThickness
            00180080 DS RepetitionTime
            00180081 DS EchoTime
            00180082 DS InversionTime
            00180083 DS NumberOfAverages
            00180084 DS ImagingFrequency
            00180085 SH ImagedNucleus
            00180086 IS EchoNumbers
            00180087 DS MagneticFieldStrength
            00180088 DS SpacingBetweenSlices
            00180089 IS NumberOfPhaseEncodingSteps
            00180091 IS EchoTrainLength
            00180093 DS PercentSampling
            00180094 DS PercentPhaseFieldOfView
            00180095 DS PixelBandwidth
            00181000 LO DeviceSerialNumber
            00181020 LO SoftwareVersions
            00181030 LO ProtocolName
            00181250 SH ReceiveCoilName
            00181310 US AcquisitionMatrix
            00181312 CS InPlanePhaseEncodingDirection
            00181314 DS FlipAngle
            00185100 CS PatientPosition
            0020000D UI StudyInstanceUID
            0020000E UI SeriesInstanceUID
            00200010 SH StudyID
            00200011 IS SeriesNumber
            00200012 IS AcquisitionNumber
            00200013 IS InstanceNumber
            00200032 DS ImagePositionPatient
            00200037 DS ImageOrientationPatient
            00200052 UI FrameOfReferenceUID
            00200060 CS Laterality
            00200062 CS ImageLaterality
            00201040 LO PositionReferenceIndicator
            00201041 DS SliceLocation
            00204000 LT ImageComments
            00280002 US SamplesPerPixel
            00280004 CS PhotometricInterpretation
            00280010 US Rows
            00280011 US Columns
            00280030 DS PixelSpacing
            00280100 US BitsAllocated
            00280101 US BitsStored
            00280102 US HighBit
            00280103 US PixelRepresentation
            00280106 US SmallestImagePixelValue
            00280107 US LargestImagePixelValue
            00280300 CS QualityControlImage
            00280301 CS BurnedInAnnotation
            00281050 DS WindowCenter
            00281051 DS WindowWidth
            00282110 CS LossyImageCompression
            7FE00010 OW PixelData
            """.lines()
            .map(line -> line.split(" "))
            .map(word -> new Entry(Integer.parseUnsignedInt(word[0], 16), VR.valueOf(word[1]), word[2]))
            .collect(Collectors.toUnmodifiableMap(Entry::tag, Function.identity()));

    private Dictionary() {}

    /** The tag's value representation; {@link VR#UN} when it is not known here. */
    public static VR vr(int tag) {
        Entry entry = ENTRIES.get(tag);
        return entry == null ? VR.UN : entry.vr;
    }

    /** For messages: "PatientID (0010,0020)", or the bare tag when it is not known here. */
    public static String describe(int tag) {
        Entry entry = ENTRIES.get(tag);
        return entry == null ? Tag.toString(tag) : entry.keyword + " " + Tag.toString(tag);
    }
}
