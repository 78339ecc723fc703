package org.isocenter.dicom.net;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.isocenter.dicom.net.DicomNetException.Kind;

/** What all secured connections share, of DIMSE and of HTTP (PS3.15 B.9 to B.12, RFC 9325). Any thread. */
public final class TlsContext {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    /** Forward secrecy and authenticated encryption only (RFC 9325 section 4.2). */
    private static final List<String> SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsContext() {}

    /** @throws DicomNetException of kind TLS when a certificate or key cannot be read */
    public static SSLContext of(TlsSettings settings) throws DicomNetException {
        try {
            TrustManager[] trust = null;
            if (!settings.trust().isEmpty()) {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(KeyFiles.trusted(settings));
                trust = factory.getTrustManagers();
                if (!settings.verifyHostName()) {
                    trust = new TrustManager[] {new ChainTrust((X509TrustManager) trust[0])};
                }
            }
            KeyManager[] keys = null;
            if (settings.identity().isPresent()) {
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                KeyStore identity = KeyFiles.identity(settings);
                factory.init(identity, KeyFiles.password(settings));
                keys = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new DicomNetException(Kind.TLS, false, "TLS cannot be used: " + e.getMessage(), e);
        }
    }

    /** The same parameters with only the protocols and cipher suites that are allowed here. */
    public static SSLParameters restricted(SSLParameters parameters) {
        List<String> supported = supported();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(SUITES.stream().filter(supported::contains).toArray(String[]::new));
        return parameters;
    }

    /**
     * What went wrong when a connection was to be secured, and what to do.
     *
     * @param peer whom it was to
     */
    public static String explain(String peer, SSLException failure) {
        return TlsFailures.explain(peer, failure);
    }

    private static List<String> supported() {
        try {
            return Arrays.asList(
                    SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java without TLS", e);
        }
    }
}
