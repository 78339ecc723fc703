package org.isocenter.model;

import java.util.List;

/**
 * The scanner a scan ran on, as MRD's acquisitionSystemInformation and DICOM's equipment modules tell it.
 *
 * @param coilName of the receive coil as a whole
 * @param channelCoils what each receive channel is connected to, in their order; empty texts, or fewer than there are channels,
 *     where that is not known
 */
public record ScannerInfo(
        String vendor,
        String model,
        String serialNumber,
        String stationName,
        String institution,
        String coilName,
        double fieldTesla,
        double larmorHertz,
        int receiverChannels,
        String softwareVersion,
        List<String> channelCoils) {

    public ScannerInfo {
        channelCoils = List.copyOf(channelCoils);
    }

    /** Of the channels' coils nothing is known. */
    public ScannerInfo(
            String vendor,
            String model,
            String serialNumber,
            String stationName,
            String institution,
            String coilName,
            double fieldTesla,
            double larmorHertz,
            int receiverChannels,
            String softwareVersion) {
        this(
                vendor,
                model,
                serialNumber,
                stationName,
                institution,
                coilName,
                fieldTesla,
                larmorHertz,
                receiverChannels,
                softwareVersion,
                List.of());
    }

    /** The same with other receive channels. */
    public ScannerInfo withChannels(int newReceiverChannels, List<String> newChannelCoils) {
        return new ScannerInfo(
                vendor,
                model,
                serialNumber,
                stationName,
                institution,
                coilName,
                fieldTesla,
                larmorHertz,
                newReceiverChannels,
                softwareVersion,
                newChannelCoils);
    }
}
