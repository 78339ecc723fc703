package org.isocenter.session.dicom;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.TlsSettings;
import org.isocenter.dicom.web.WebSettings;

/** What is set of the network's behaviour; the rest is as usual. Immutable. */
public record NetworkOptions(Map<NetworkOption, Integer> values) {
    /** All as usual. */
    public static final NetworkOptions USUAL = new NetworkOptions(Map.of());

    /** Of calls to us. */
    private static final int USUAL_ASSOCIATIONS = 16;

    public NetworkOptions {
        values = Map.copyOf(values);
    }

    /** These, and what is set in {@code general} only. */
    NetworkOptions over(NetworkOptions general) {
        Map<NetworkOption, Integer> all = new EnumMap<>(NetworkOption.class);
        all.putAll(general.values);
        all.putAll(values);
        return new NetworkOptions(all);
    }

    NetSettings net(String localAeTitle) {
        NetSettings usual = NetSettings.of(localAeTitle);
        return new NetSettings(
                localAeTitle,
                time(NetworkOption.CONNECT, usual.connectTimeout()),
                time(NetworkOption.ASSOCIATE, usual.associateTimeout()),
                time(NetworkOption.REPLY, usual.replyTimeout()),
                time(NetworkOption.PDU, usual.pduTimeout()),
                time(NetworkOption.RELEASE, usual.releaseTimeout()),
                time(NetworkOption.IDLE, usual.idleTimeout()),
                number(NetworkOption.MAX_PDU, usual.maxPduBytes()),
                number(NetworkOption.MAX_OPERATIONS, usual.maxOperations()),
                usual.maxDatasetBytes());
    }

    WebSettings web(URI url, Optional<Path> credentials, Optional<TlsSettings> tls) {
        WebSettings usual = WebSettings.of(url, credentials, tls);
        return new WebSettings(
                url,
                credentials,
                tls,
                time(NetworkOption.CONNECT, usual.connectTimeout()),
                time(NetworkOption.REPLY, usual.replyTimeout()),
                time(NetworkOption.STALL, usual.stallTimeout()));
    }

    /** The value of an option as it acts: set here, or usual. @param web whether of a web service */
    public int acting(NetworkOption option, boolean web) {
        NetSettings net = net("ISOCENTER");
        Optional<WebSettings> http = web
                ? Optional.of(web(URI.create("http://localhost"), Optional.empty(), Optional.empty()))
                : Optional.empty();
        return switch (option) {
            case CONNECT -> seconds(http.map(WebSettings::connectTimeout).orElse(net.connectTimeout()));
            case ASSOCIATE -> seconds(net.associateTimeout());
            case REPLY -> seconds(http.map(WebSettings::replyTimeout).orElse(net.replyTimeout()));
            case PDU -> seconds(net.pduTimeout());
            case RELEASE -> seconds(net.releaseTimeout());
            case STALL -> seconds(http.map(WebSettings::stallTimeout).orElse(net.replyTimeout()));
            case MAX_PDU -> net.maxPduBytes();
            case MAX_OPERATIONS -> net.maxOperations();
            case IDLE -> seconds(net.idleTimeout());
            case MAX_ASSOCIATIONS -> maxAssociations();
        };
    }

    private static int seconds(Duration time) {
        return Math.toIntExact(time.toSeconds());
    }

    /** Associations of others at once. */
    public int maxAssociations() {
        return number(NetworkOption.MAX_ASSOCIATIONS, USUAL_ASSOCIATIONS);
    }

    private Duration time(NetworkOption option, Duration usual) {
        return values.containsKey(option) ? Duration.ofSeconds(values.get(option)) : usual;
    }

    private int number(NetworkOption option, int usual) {
        return values.getOrDefault(option, usual);
    }
}
