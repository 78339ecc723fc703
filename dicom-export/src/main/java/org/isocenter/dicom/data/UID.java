package org.isocenter.dicom.data;

import java.math.BigInteger;
import java.util.UUID;

/** The unique identifiers used here, and new ones. */
public final class UID {
    public static final String ImplicitVRLittleEndian = "1.2.840.10008.1.2";
    public static final String ExplicitVRLittleEndian = "1.2.840.10008.1.2.1";
    public static final String DeflatedExplicitVRLittleEndian = "1.2.840.10008.1.2.1.99";
    public static final String ExplicitVRBigEndian = "1.2.840.10008.1.2.2";
    public static final String Verification = "1.2.840.10008.1.1";
    public static final String ModalityPerformedProcedureStep = "1.2.840.10008.3.1.2.3.3";
    public static final String StorageCommitmentPushModel = "1.2.840.10008.1.20.1";
    public static final String StorageCommitmentPushModelInstance = "1.2.840.10008.1.20.1.1";
    public static final String ModalityWorklistFind = "1.2.840.10008.5.1.4.31";
    public static final String StudyRootFind = "1.2.840.10008.5.1.4.1.2.2.1";
    public static final String StudyRootMove = "1.2.840.10008.5.1.4.1.2.2.2";
    public static final String StudyRootGet = "1.2.840.10008.5.1.4.1.2.2.3";
    public static final String MRImageStorage = "1.2.840.10008.5.1.4.1.1.4";
    public static final String EnhancedMRImageStorage = "1.2.840.10008.5.1.4.1.1.4.1";
    public static final String SecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7";
    public static final String MultiFrameTrueColorSecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7.4";
    public static final String MediaStorageDirectory = "1.2.840.10008.1.3.10";

    /** Names this codec in the files it writes (PS3.7 D.3.3.2). */
    public static final String ImplementationClass = "2.25.140189649864444051679607741277449186655";

    /** The same by name, as files and associations carry it (PS3.7 D.3.3.2.3). */
    public static final String ImplementationVersion = "ISOCENTER";

    private UID() {}

    /** A new identifier from a random UUID (PS3.5 B.2): {@code 2.25.} and its 128 bits as a decimal number. */
    public static String create() {
        UUID uuid = UUID.randomUUID();
        BigInteger high = new BigInteger(Long.toUnsignedString(uuid.getMostSignificantBits()));
        BigInteger low = new BigInteger(Long.toUnsignedString(uuid.getLeastSignificantBits()));
        return "2.25." + high.shiftLeft(64).or(low);
    }

    /** Whether it is at most 64 digits and dots, with no empty component and no leading zero (PS3.5 9.1). */
    public static boolean isValid(String uid) {
        return uid.length() <= 64 && uid.matches("(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*))+");
    }
}
