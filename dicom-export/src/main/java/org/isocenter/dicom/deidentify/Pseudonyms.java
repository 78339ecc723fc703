package org.isocenter.dicom.deidentify;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names and numbers that stand for others: always the same for the same, as long as the key is, and of no use to whoever has
 * not the key (HMAC-SHA-256). Any thread.
 */
final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int UID_BYTES = 16;
    private static final int NAME_BYTES = 8;
    private static final int YEARS_DAYS = 3653;

    private final SecretKeySpec key;

    Pseudonyms(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** {@code 2.25.} and 128 bits of the hash. */
    String uid(String uid) {
        byte[] hash = hash("uid", uid);
        return "2.25." + new BigInteger(1, Arrays.copyOf(hash, UID_BYTES));
    }

    /** Thirteen letters and digits. */
    String name(String subject) {
        byte[] hash = hash("patient", subject);
        String text = new BigInteger(1, Arrays.copyOf(hash, NAME_BYTES)).toString(36);
        return "0".repeat(Math.max(0, 13 - text.length())) + text.toUpperCase(Locale.ROOT);
    }

    /** By how many days all dates of a patient are moved into the past: 1 to 3653. */
    int days(String subject) {
        return new BigInteger(1, hash("days", subject))
                        .mod(BigInteger.valueOf(YEARS_DAYS))
                        .intValue()
                + 1;
    }

    private byte[] hash(String purpose, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal((purpose + "\0" + text).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
