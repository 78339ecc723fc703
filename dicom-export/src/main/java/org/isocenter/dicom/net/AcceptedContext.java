package org.isocenter.dicom.net;

/**
 * A presentation context that both sides agreed upon.
 *
 * @param user whether this side may be the service class user
 * @param provider whether this side may be the provider
 */
record AcceptedContext(int id, String abstractSyntax, String transferSyntax, boolean user, boolean provider) {
    /** Whether this side may send such requests on it. */
    boolean allows(Operation operation) {
        return operation.isSentByProvider() ? provider : user;
    }
}
