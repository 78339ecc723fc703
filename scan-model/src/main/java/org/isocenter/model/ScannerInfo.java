package org.isocenter.model;

/** The scanner a scan ran on, as MRD's acquisitionSystemInformation and DICOM's equipment modules tell it. */
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
        String softwareVersion) {}
