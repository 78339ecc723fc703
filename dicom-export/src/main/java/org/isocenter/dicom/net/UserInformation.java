package org.isocenter.dicom.net;

import java.util.Map;

/**
 * What either side tells of itself (PS3.7 annex D.3.3).
 *
 * @param maxPduBytes longest P-DATA-TF that it takes; 0 for any
 * @param implementationClass UID; empty when not told
 * @param implementationVersion name; empty when not told
 * @param maxInvoked operations that the requestor may have under way at once; 0 for any
 * @param maxPerformed operations that the acceptor may have under way at once; 0 for any
 * @param roles of the requestor, by SOP class, where negotiated
 * @param extended SOP class extended negotiation, by SOP class
 */
record UserInformation(
        int maxPduBytes,
        String implementationClass,
        String implementationVersion,
        int maxInvoked,
        int maxPerformed,
        Map<String, Role> roles,
        Map<String, byte[]> extended) {

    /** What the requestor is, of one SOP class. */
    record Role(boolean user, boolean provider) {}

    /** What software it is: its name, or else its UID. */
    String implementation() {
        return implementationVersion.isEmpty() ? implementationClass : implementationVersion;
    }

    /** The smaller window of operations; 0 is any number. */
    static int window(int offered, int ours) {
        return offered == 0 ? ours : Math.min(offered, ours);
    }
}
