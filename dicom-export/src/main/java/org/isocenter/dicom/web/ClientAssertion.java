package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.isocenter.dicom.web.WebException.Kind;

/** A signed statement of who we are, in place of a client secret (RFC 7523 2.2, as SMART backend services profile it). */
final class ClientAssertion {
    /** SMART allows five minutes. */
    private static final long SECONDS = 240;

    private ClientAssertion() {}

    /**
     * @param keyFile the private key: PEM, PKCS#8, not encrypted
     * @param algorithm RS384 or ES384
     * @param keyId which of our keys it is, as registered with the server; may be empty
     * @param tokenUri for whom it is meant
     * @return a JSON Web Token
     */
    static String sign(Path keyFile, String algorithm, String keyId, String clientId, URI tokenUri)
            throws WebException {
        boolean rsa = algorithm.equals("RS384");
        if (!rsa && !algorithm.equals("ES384")) {
            throw new WebException(Kind.LOCAL, keyFile + ": algorithm must be RS384 or ES384");
        }
        ObjectNode header = Json.object().put("alg", algorithm).put("typ", "JWT");
        if (!keyId.isEmpty()) {
            header.put("kid", keyId);
        }
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = Json.object()
                .put("iss", clientId)
                .put("sub", clientId)
                .put("aud", tokenUri.toString())
                .put("jti", UUID.randomUUID().toString())
                .put("iat", now)
                .put("exp", now + SECONDS);
        String signed = base64(Json.bytes(header)) + "." + base64(Json.bytes(claims));
        String pem = new String(Credentials.read(keyFile), StandardCharsets.US_ASCII);
        try {
            PrivateKey key =
                    KeyFactory.getInstance(rsa ? "RSA" : "EC").generatePrivate(new PKCS8EncodedKeySpec(der(pem)));
            Signature signature = Signature.getInstance(rsa ? "SHA384withRSA" : "SHA384withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new WebException(
                    Kind.LOCAL,
                    keyFile + ": expected a private key for " + algorithm + " in PEM form (PKCS#8, not encrypted)");
        }
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
