package org.isocenter.dicom.net;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** What went wrong when a connection was to be secured, and what to do. */
final class TlsFailures {
    private static final String ALERT = "received fatal alert: ";

    private TlsFailures() {}

    static String explain(String peer, SSLException failure) {
        return "the connection to " + peer + " could not be secured: " + why(failure);
    }

    private static String why(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "its certificate has expired; ask who runs it for a new one";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "its certificate is not valid yet; check this computer's clock";
            }
            if (cause instanceof CertPathBuilderException) {
                return "its certificate is from an issuer that is not trusted here; add the issuer's certificate to the "
                        + "trusted ones if it is right";
            }
        }
        String message = String.valueOf(failure.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        int alert = lower.indexOf(ALERT);
        if (alert >= 0) {
            return ofAlert(lower.substring(alert + ALERT.length()));
        }
        if (lower.contains("no name matching") || lower.contains("no subject alternative")) {
            return "its certificate is made out to another name; use the name in the certificate as its host";
        }
        if (failure.getCause() instanceof CertificateException refused) {
            return "its certificate does not hold (" + refused.getMessage() + ")";
        }
        if (lower.contains("unrecognized ssl message") || lower.contains("unsupported or unrecognized")) {
            return "it does not speak TLS on this port; use its TLS port, or no TLS";
        }
        return message;
    }

    /** What the peer complains of (RFC 8446 section 6.2). */
    private static String ofAlert(String alert) {
        return switch (alert) {
            case "certificate_required" -> "it wants a certificate of ours, and none is set";
            case "bad_certificate", "unsupported_certificate", "certificate_unknown", "access_denied" ->
                "it does not accept our certificate (" + alert + "), or wants one and none is set";
            case "certificate_expired", "certificate_revoked" ->
                "our certificate is no longer valid to it (" + alert + ")";
            case "unknown_ca" ->
                "it does not trust the issuer of our certificate; have the issuer's certificate added there";
            case "handshake_failure", "protocol_version", "insufficient_security" ->
                "it speaks no TLS version or cipher suite that is allowed here, or wants a certificate of ours ("
                        + alert + ")";
            default -> "it ended the handshake (" + alert + ")";
        };
    }
}
