package org.isocenter.dicom.net;

import java.time.Duration;

/**
 * How this side behaves on associations. Every duration is positive.
 *
 * @param localAeTitle our title: 1 to 16 characters of ASCII without backslash
 * @param connectTimeout to connect, and again to secure the connection
 * @param associateTimeout for the peer's answer to A-ASSOCIATE-RQ, and the ARTIM timer (PS3.8 9.1.5)
 * @param replyTimeout for a response to a message
 * @param pduTimeout for a PDU once it has begun, for the next one within a message, and for the peer to take one of ours
 * @param releaseTimeout for the answer to A-RELEASE-RQ
 * @param idleTimeout how long a peer's association may be without a message
 * @param maxPduBytes longest P-DATA-TF that we take, 4096 to 1048576
 * @param maxOperations messages under way at once that are offered and allowed (asynchronous operations window), 1 to 64
 * @param maxDatasetBytes longest data set that is taken into memory; received objects go to files and are not bound by it
 */
public record NetSettings(
        String localAeTitle,
        Duration connectTimeout,
        Duration associateTimeout,
        Duration replyTimeout,
        Duration pduTimeout,
        Duration releaseTimeout,
        Duration idleTimeout,
        int maxPduBytes,
        int maxOperations,
        int maxDatasetBytes) {

    /** @throws IllegalArgumentException for a value that cannot be */
    public NetSettings {
        AeTitle.check(localAeTitle);
        requirePositive("connect", connectTimeout);
        requirePositive("associate", associateTimeout);
        requirePositive("reply", replyTimeout);
        requirePositive("PDU", pduTimeout);
        requirePositive("release", releaseTimeout);
        requirePositive("idle", idleTimeout);
        requireRange("the longest PDU", maxPduBytes, 4096, 1 << 20);
        requireRange("the number of operations at once", maxOperations, 1, 64);
        requireRange("the longest data set", maxDatasetBytes, 1024, 1 << 30);
    }

    /** What suits a hospital's network. */
    public static NetSettings of(String localAeTitle) {
        return new NetSettings(
                localAeTitle,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                1 << 17,
                8,
                16 << 20);
    }

    /** All six time-outs the same. */
    public NetSettings withTimeouts(Duration all) {
        return new NetSettings(localAeTitle, all, all, all, all, all, all, maxPduBytes, maxOperations, maxDatasetBytes);
    }

    /** Limits on what is under way; see the components of the same names. */
    public NetSettings withLimits(int pduBytes, int operations, int datasetBytes) {
        return new NetSettings(
                localAeTitle,
                connectTimeout,
                associateTimeout,
                replyTimeout,
                pduTimeout,
                releaseTimeout,
                idleTimeout,
                pduBytes,
                operations,
                datasetBytes);
    }

    private static void requirePositive(String name, Duration timeout) {
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("the " + name + " time-out must be 1 ms to 1 day, not " + timeout);
        }
    }

    private static void requireRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be " + least + " to " + most);
        }
    }
}
