package org.isocenter.session.dicom;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of an encrypted connection, all in PEM form.
 *
 * @param trust certificates of those whom the other side's certificate may be signed by; without it those that Java trusts
 * @param certificate that this console shows, with those that signed it behind it
 * @param key the certificate's private key (PKCS#8, not encrypted); there exactly when the certificate is
 */
public record TlsFiles(Optional<Path> trust, Optional<Path> certificate, Optional<Path> key) {}
