package org.isocenter.session.dicom;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.TlsSettings;
import org.isocenter.dicom.web.WebSettings;

/** Another system of the hospital, under the name that people and the outbox know it by. */
public sealed interface Destination {
    /** Not blank, without control characters; no two are alike. */
    String name();

    Set<Service> services();

    /** Whether the images of every scan that is made in the window are sent there. */
    boolean automatic();

    Optional<TlsSettings> tls();

    /** How the network behaves to it, where that differs from the console's {@link DicomSettings#network}. */
    NetworkOptions network();

    /** Where it is, for people: {@code AE@HOST:PORT}, or its address in the web. */
    String address();

    default boolean offers(Service service) {
        return services().contains(service);
    }

    /**
     * One that speaks DIMSE (PS3.7, PS3.8).
     *
     * @param aeTitle that it answers to
     */
    record Dimse(
            String name,
            String aeTitle,
            String host,
            int port,
            Optional<TlsSettings> tls,
            Set<Service> services,
            boolean automatic,
            NetworkOptions network)
            implements Destination {
        public Dimse {
            services = Set.copyOf(services);
        }

        /** With the network as the console has it. */
        public Dimse(
                String name,
                String aeTitle,
                String host,
                int port,
                Optional<TlsSettings> tls,
                Set<Service> services,
                boolean automatic) {
            this(name, aeTitle, host, port, tls, services, automatic, NetworkOptions.USUAL);
        }

        /** The same, used for nothing but these. */
        public Dimse only(Set<Service> wanted) {
            return new Dimse(name, aeTitle, host, port, tls, wanted, false, network);
        }

        /** As associations are opened to it. */
        public Peer peer() {
            return new Peer(name, aeTitle, host, port, tls);
        }

        @Override
        public String address() {
            return aeTitle + "@" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * One that speaks HTTP.
     *
     * @param url what the services' paths are appended to
     * @param tokenFile credentials to show: a bearer token and nothing else, or what {@link WebSettings#credentials} says
     */
    record Web(
            String name,
            WebKind kind,
            URI url,
            Optional<Path> tokenFile,
            Optional<TlsSettings> tls,
            Set<Service> services,
            boolean automatic,
            NetworkOptions network)
            implements Destination {
        public Web {
            services = Set.copyOf(services);
        }

        /** With the network as the console has it. */
        public Web(
                String name,
                WebKind kind,
                URI url,
                Optional<Path> tokenFile,
                Optional<TlsSettings> tls,
                Set<Service> services,
                boolean automatic) {
            this(name, kind, url, tokenFile, tls, services, automatic, NetworkOptions.USUAL);
        }

        @Override
        public String address() {
            return url.toString();
        }
    }

    /** What is spoken over HTTP. */
    enum WebKind {
        /** PS3.18: STOW-RS, QIDO-RS, WADO-RS. */
        DICOMWEB(Set.of(Service.STORE, Service.QUERY)),
        /** HL7 FHIR R4. */
        FHIR(Set.of(Service.STORE, Service.WORKLIST));

        private final Set<Service> services;

        WebKind(Set<Service> services) {
            this.services = services;
        }

        /** That a destination of this kind can have. */
        public Set<Service> services() {
            return services;
        }
    }
}
