package org.isocenter.dicom.net;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How connections are secured (PS3.15 annex B, BCP 195): TLS 1.2 or 1.3 with forward secrecy and authenticated encryption.
 *
 * @param trust files with the certificates whom to trust: PEM, or PKCS#12; none for those that Java trusts
 * @param identity our own certificate and the chain above it: PEM, or PKCS#12 together with the private key; empty for none
 * @param privateKey the private key of a PEM identity (PKCS#8)
 * @param passwordFile whose first line opens the PKCS#12 files and the private key
 * @param verifyHostName whether the peer's certificate must be made out to the host that we connect to. As acceptor, it says
 *     nothing: there the certificate counts. Without it, whom to trust has to be named
 */
public record TlsSettings(
        List<Path> trust,
        Optional<Path> identity,
        Optional<Path> privateKey,
        Optional<Path> passwordFile,
        boolean verifyHostName) {

    public TlsSettings {
        trust = List.copyOf(trust);
    }

    /** Without a certificate of our own. */
    public static TlsSettings trusting(Path... certificates) {
        return new TlsSettings(List.of(certificates), Optional.empty(), Optional.empty(), Optional.empty(), true);
    }

    /** With our own certificate and its private key, both PEM. */
    public TlsSettings withIdentity(Path certificate, Path key) {
        return new TlsSettings(trust, Optional.of(certificate), Optional.of(key), passwordFile, verifyHostName);
    }
}
