package org.isocenter.dicom.net;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.isocenter.dicom.net.DicomNetException.Kind;

/** Secures connections as {@link TlsSettings} say (PS3.15 B.9 to B.12, RFC 9325). Any thread. */
final class TlsSockets {
    private final TlsSettings settings;
    private final SSLContext context;

    private TlsSockets(TlsSettings settings, SSLContext context) {
        this.settings = settings;
        this.context = context;
    }

    /** @throws DicomNetException of kind TLS when a certificate or key cannot be read */
    static TlsSockets of(TlsSettings settings) throws DicomNetException {
        return new TlsSockets(settings, TlsContext.of(settings));
    }

    /** As client. */
    Connection connect(Peer peer, Socket carrier, Duration timeout) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(carrier, peer.host(), peer.port(), true);
        SSLParameters parameters = TlsContext.restricted(socket.getSSLParameters());
        if (settings.verifyHostName()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        socket.setSSLParameters(parameters);
        return secured(socket, carrier, peer.toString(), timeout);
    }

    /** As server. Clients must show a certificate when it is set which ones to trust. */
    Connection accept(Socket carrier, Duration timeout) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(carrier, null, true);
        SSLParameters parameters = TlsContext.restricted(socket.getSSLParameters());
        parameters.setNeedClientAuth(!settings.trust().isEmpty());
        socket.setSSLParameters(parameters);
        return secured(socket, carrier, carrier.getInetAddress().getHostAddress(), timeout);
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
