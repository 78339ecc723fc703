package org.isocenter.dicom.net;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.isocenter.dicom.net.DicomNetException.Kind;

/** Secures connections as {@link TlsSettings} say (PS3.15 B.9 to B.12, RFC 9325). Any thread. */
final class TlsSockets {
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

    private final TlsSettings settings;
    private final SSLContext context;

    private TlsSockets(TlsSettings settings, SSLContext context) {
        this.settings = settings;
        this.context = context;
    }

    /** @throws DicomNetException of kind TLS when a certificate or key cannot be read */
    static TlsSockets of(TlsSettings settings) throws DicomNetException {
        try {
            TrustManager[] trust = null;
            if (!settings.trust().isEmpty()) {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(KeyFiles.trusted(settings));
                trust = factory.getTrustManagers();
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
            return new TlsSockets(settings, context);
        } catch (IOException | GeneralSecurityException e) {
            throw new DicomNetException(Kind.TLS, false, "TLS cannot be used: " + e.getMessage(), e);
        }
    }

    /** As client. */
    Connection connect(Peer peer, Socket carrier, Duration timeout) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(carrier, peer.host(), peer.port(), true);
        SSLParameters parameters = parameters(socket);
        if (settings.verifyHostName()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        socket.setSSLParameters(parameters);
        return secured(socket, carrier, peer.toString(), timeout);
    }

    /** As server. Clients must show a certificate when it is set which ones to trust. */
    Connection accept(Socket carrier, Duration timeout) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(carrier, null, true);
        SSLParameters parameters = parameters(socket);
        parameters.setNeedClientAuth(!settings.trust().isEmpty());
        socket.setSSLParameters(parameters);
        return secured(socket, carrier, carrier.getInetAddress().getHostAddress(), timeout);
    }

    private static SSLParameters parameters(SSLSocket socket) {
        List<String> supported = Arrays.asList(socket.getSupportedCipherSuites());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(SUITES.stream().filter(supported::contains).toArray(String[]::new));
        return parameters;
    }

    private static Connection secured(SSLSocket socket, Socket carrier, String peer, Duration timeout)
            throws IOException {
        try {
            Watchdog.guard(carrier, timeout, socket::startHandshake);
            return new Connection(socket, carrier);
        } catch (SSLException e) {
            throw new DicomNetException(Kind.TLS, false, TlsFailures.explain(peer, e), e);
        } catch (SocketTimeoutException e) {
            throw new DicomNetException(
                    Kind.TIMEOUT,
                    peer + " did not secure the connection within " + UpperLayer.seconds(timeout)
                            + ": check that it speaks TLS on this port",
                    e);
        } catch (IOException e) {
            throw new DicomNetException(
                    Kind.TLS,
                    false,
                    peer + " ended the connection instead of securing it: check that it speaks TLS on this port",
                    e);
        }
    }
}
