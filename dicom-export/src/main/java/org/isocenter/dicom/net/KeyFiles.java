package org.isocenter.dicom.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Certificates and private keys in files: PEM (RFC 7468), or PKCS#12. */
final class KeyFiles {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final int MAX_BYTES = 4 << 20;
    private static final int DER_SEQUENCE = 0x30;

    private record Block(String label, byte[] content) {}

    private KeyFiles() {}

    /** A store of the certificates whom to trust. */
    static KeyStore trusted(TlsSettings settings) throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        int count = 0;
        for (Path file : settings.trust()) {
            for (Certificate certificate : certificates(file, settings)) {
                store.setCertificateEntry("trusted-" + count++, certificate);
            }
        }
        return store;
    }

    /** A store of our private key and its chain, under {@link #password}. */
    static KeyStore identity(TlsSettings settings) throws IOException, GeneralSecurityException {
        Path file = settings.identity().orElseThrow();
        byte[] bytes = read(file);
        if (isPkcs12(bytes)) {
            return pkcs12(file, bytes, settings);
        }
        List<Certificate> chain = certificates(file, settings);
        Path keyFile = settings.privateKey().orElse(file);
        PrivateKey key = privateKey(keyFile, chain.get(0).getPublicKey().getAlgorithm(), settings);
        KeyStore store = emptyStore();
        store.setKeyEntry("identity", key, password(settings), chain.toArray(Certificate[]::new));
        return store;
    }

    /** What opens private keys; empty when no file is set. */
    static char[] password(TlsSettings settings) throws IOException {
        if (settings.passwordFile().isEmpty()) {
            return new char[0];
        }
        byte[] bytes = read(settings.passwordFile().get());
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("")
                .toCharArray();
    }

    private static List<Certificate> certificates(Path file, TlsSettings settings)
            throws IOException, GeneralSecurityException {
        byte[] bytes = read(file);
        List<Certificate> certificates = new ArrayList<>();
        if (isPkcs12(bytes)) {
            KeyStore store = pkcs12(file, bytes, settings);
            for (Enumeration<String> names = store.aliases(); names.hasMoreElements(); ) {
                certificates.add(store.getCertificate(names.nextElement()));
            }
        }
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (Block block : blocks(file, bytes)) {
            if (block.label.equals("CERTIFICATE")) {
                certificates.add(factory.generateCertificate(new ByteArrayInputStream(block.content)));
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException(file + " holds no certificate: a PEM or PKCS#12 file is needed");
        }
        return certificates;
    }

    private static PrivateKey privateKey(Path file, String algorithm, TlsSettings settings)
            throws IOException, GeneralSecurityException {
        for (Block block : blocks(file, read(file))) {
            if (block.label.equals("PRIVATE KEY")) {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.content));
            }
            if (block.label.equals("ENCRYPTED PRIVATE KEY")) {
                return decrypted(file, block.content, algorithm, settings);
            }
            if (block.label.endsWith("PRIVATE KEY")) {
                throw new IOException(file + " holds a key in an old form: convert it with openssl pkcs8 -topk8");
            }
        }
        throw new IOException(file + " holds no private key");
    }

    private static PrivateKey decrypted(Path file, byte[] content, String algorithm, TlsSettings settings)
            throws IOException, GeneralSecurityException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(content);
        // The parameters print the whole scheme's name; the name itself says no more than "PBES2".
        String scheme = String.valueOf(info.getAlgParameters());
        try {
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(password(settings))),
                    info.getAlgParameters());
            return KeyFactory.getInstance(algorithm).generatePrivate(info.getKeySpec(cipher));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " cannot be decrypted: check the password file", e);
        }
    }

    private static KeyStore pkcs12(Path file, byte[] bytes, TlsSettings settings)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(bytes), password(settings));
        } catch (IOException e) {
            throw new IOException(file + " cannot be opened: check the password file", e);
        }
        return store;
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static boolean isPkcs12(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == DER_SEQUENCE;
    }

    private static List<Block> blocks(Path file, byte[] bytes) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            try {
                blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " is no PEM file: a block of it is broken", e);
            }
        }
        return blocks;
    }

    private static byte[] read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + " cannot be read");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is too long for a certificate");
        }
        return Files.readAllBytes(file);
    }
}
