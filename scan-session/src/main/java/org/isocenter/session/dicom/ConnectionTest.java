package org.isocenter.session.dicom;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.DicomNetException;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.PresentationContext;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.web.DicomWebClient;
import org.isocenter.dicom.web.FhirClient;
import org.isocenter.dicom.web.WebException;

/** Whether a destination is there and speaks with this console: C-ECHO (PS3.4 annex A), or a question that changes nothing. */
public final class ConnectionTest {
    private ConnectionTest() {}

    /** How it went. */
    public enum Verdict {
        ANSWERED,
        /** It is there, and does not want us. */
        REFUSED,
        /** It is not there, or what answers is something else. */
        UNREACHABLE
    }

    /**
     * What came of it.
     *
     * @param text a sentence: what happened, and after a failure what to do
     */
    public record Result(Verdict verdict, String text) {}

    /** Asks. Waits for the network, up to its time-outs. */
    public static Result of(Destination destination, DicomSettings settings) {
        return of(destination, settings, abort -> {});
    }

    /**
     * Asks. Waits for the network, up to its time-outs.
     *
     * @param onOpen takes what ends the wait at once, from any thread
     */
    public static Result of(Destination destination, DicomSettings settings, Consumer<Runnable> onOpen) {
        long start = System.nanoTime();
        try {
            if (destination instanceof Destination.Dimse dimse) {
                DimseStatus status = echo(dimse, settings, onOpen);
                if (!status.isDone()) {
                    return new Result(Verdict.REFUSED, destination.name() + " refuses the echo: " + status.describe());
                }
            } else {
                check((Destination.Web) destination, settings, onOpen);
            }
        } catch (DicomNetException e) {
            boolean refused =
                    e.kind() == DicomNetException.Kind.REJECTED || e.kind() == DicomNetException.Kind.NOTHING_ACCEPTED;
            return new Result(refused ? Verdict.REFUSED : Verdict.UNREACHABLE, e.getMessage());
        } catch (WebException e) {
            boolean refused = e.status() >= 400 && e.status() < 500;
            return new Result(refused ? Verdict.REFUSED : Verdict.UNREACHABLE, e.getMessage());
        } catch (IOException e) {
            return new Result(Verdict.UNREACHABLE, e.getMessage());
        }
        return new Result(
                Verdict.ANSWERED,
                String.format(
                        Locale.ROOT,
                        "%s answers (%s, %.0f ms)",
                        destination.name(),
                        destination.address(),
                        (System.nanoTime() - start) * 1e-6));
    }

    private static DimseStatus echo(Destination.Dimse destination, DicomSettings settings, Consumer<Runnable> onOpen)
            throws DicomNetException {
        List<PresentationContext> contexts = List.of(PresentationContext.of(UID.Verification));
        try (Association association =
                Association.open(destination.peer(), settings.net(destination), contexts, Services.NONE, onOpen)) {
            return association.echo();
        }
    }

    private static void check(Destination.Web destination, DicomSettings settings, Consumer<Runnable> onOpen)
            throws IOException {
        switch (destination.kind()) {
            case DICOMWEB -> {
                DicomWebClient client = new DicomWebClient(settings.web(destination));
                onOpen.accept(client::abort);
                client.check();
            }
            case FHIR -> {
                FhirClient client = new FhirClient(settings.web(destination));
                onOpen.accept(client::abort);
                client.check();
            }
        }
    }
}
