package org.isocenter.hardware;

/** Carries a {@link ScannerException} through code that cannot declare it. */
public final class UncheckedScannerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UncheckedScannerException(ScannerException cause) {
        super(cause.getMessage(), cause);
    }

    @Override
    public synchronized ScannerException getCause() {
        return (ScannerException) super.getCause();
    }
}
