package org.isocenter.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.PresentationContext;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxStore;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.outbox.Outbox;
import org.isocenter.session.outbox.StoreDelivery;

/**
 * Stores 1,000 images of 256×256 pixels of 16 bits on loopback to DCMTK's storescp, turn by turn with ours, with ours from the
 * outbox of an archive until every row is sent, and with DCMTK's storescu, and prints the times. Argument: number of rounds
 * (default 5).
 */
public final class DicomRace {
    private static final int IMAGES = 1_000;
    private static final int MATRIX = 256;

    private interface Turn {
        void run() throws IOException, InterruptedException;
    }

    private final Path images;
    private final Path received;
    private final Path home;
    private final int port;

    private DicomRace(Path images, Path received, Path home, int port) {
        this.images = images;
        this.home = home;
        this.received = received;
        this.port = port;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        Path folder = Files.createTempDirectory("dicom-race");
        Process storescp = null;
        try {
            Path images = Files.createDirectory(folder.resolve("out"));
            Path received = Files.createDirectory(folder.resolve("in"));
            writeImages(images);
            int port = freePort();
            storescp = new ProcessBuilder("storescp", "-aet", "STORE", "-od", received.toString(), "" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            new DicomRace(images, received, folder, port).race(rounds);
        } finally {
            if (storescp != null) {
                storescp.destroy();
                storescp.waitFor(5, TimeUnit.SECONDS);
            }
            deleteAll(folder);
        }
    }

    private void race(int rounds) throws IOException, InterruptedException {
        System.out.printf("load of the machine at the start: %.2f%n", loadAverage());
        List<Double> ours = new ArrayList<>();
        List<Double> fromOutbox = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        measure(this::storeOurs);
        measure(this::sendFromOutbox);
        measure(this::storeTheirs);
        for (int round = 0; round < rounds; round++) {
            ours.add(measure(this::storeOurs));
            fromOutbox.add(measure(this::sendFromOutbox));
            theirs.add(measure(this::storeTheirs));
        }
        System.out.println("| what | median | fastest | slowest | images per second |\n|---|---|---|---|---|");
        print("ours", ours);
        print("ours, from the outbox", fromOutbox);
        print("storescu", theirs);
        System.out.printf(
                Locale.ROOT,
                "ours is %.2f times as fast, from the outbox %.2f times; load at the end: %.2f%n",
                median(theirs) / median(ours),
                median(theirs) / median(fromOutbox),
                loadAverage());
    }

    private static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Seconds of a turn that begins with an empty folder and must end with all images in it. */
    private double measure(Turn turn) throws IOException, InterruptedException {
        try (Stream<Path> files = Files.list(received)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        long start = System.nanoTime();
        turn.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        try (Stream<Path> files = Files.list(received)) {
            long count = files.count();
            if (count != IMAGES) {
                throw new IOException(count + " of " + IMAGES + " images arrived");
            }
        }
        return seconds;
    }

    private void storeOurs() throws IOException {
        List<Path> files = files();
        Peer peer = Peer.of("STORE", "127.0.0.1", port);
        try (Association association = Association.open(
                peer, NetSettings.of("ISOCENTER"), List.of(PresentationContext.of(UID.MRImageStorage)))) {
            association.storeAll(files, new Association.StoreListener() {
                @Override
                public void answered(Path file, DimseStatus status) {
                    if (!status.isDone()) {
                        throw new IllegalStateException(file + ": " + status);
                    }
                }

                @Override
                public void unreadable(Path file, IOException problem) {
                    throw new IllegalStateException(problem);
                }
            });
            association.release();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> list = Files.list(images)) {
            return list.sorted().toList();
        }
    }

    private void sendFromOutbox() throws IOException, InterruptedException {
        Destination destination = new Destination.Dimse(
                "store", "STORE", "127.0.0.1", port, Optional.empty(), Set.of(Service.STORE), false);
        DicomSettings settings = new DicomSettings("ISOCENTER", Optional.empty(), List.of(destination));
        List<OutboxEntry> entries = new ArrayList<>();
        for (Path file : files()) {
            String instance = file.getFileName().toString().replace(".dcm", "");
            entries.add(OutboxEntry.instance("store", UID.MRImageStorage, instance, file, false));
        }
        CountDownLatch sent = new CountDownLatch(1);
        try (Archive archive = Archive.open(Files.createTempDirectory(home, "archive"));
                Outbox outbox = new Outbox(archive.outbox(), () -> settings, List.of(new StoreDelivery()))) {
            archive.outbox().add(entries);
            outbox.subscribe(() -> {
                if (archive.outbox().counts().equals(OutboxStore.Counts.NONE)) {
                    sent.countDown();
                }
            });
            outbox.start();
            sent.await();
        }
    }

    private void storeTheirs() throws IOException, InterruptedException {
        Process storescu = new ProcessBuilder(
                        "storescu", "-aec", "STORE", "127.0.0.1", "" + port, "+sd", images.toString())
                .inheritIO()
                .start();
        if (storescu.waitFor() != 0) {
            throw new IOException("storescu failed");
        }
    }

    private static void print(String name, List<Double> seconds) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f s | %.2f s | %.2f s | %.0f |%n",
                name,
                median(seconds),
                Collections.min(seconds),
                Collections.max(seconds),
                IMAGES / median(seconds));
    }

    private static double median(List<Double> seconds) {
        return seconds.stream().sorted().skip(seconds.size() / 2).findFirst().orElseThrow();
    }

    private static void writeImages(Path folder) throws IOException {
        Random random = new Random(1);
        byte[] pixels = new byte[2 * MATRIX * MATRIX];
        for (int i = 0; i < IMAGES; i++) {
            random.nextBytes(pixels);
            String instance = UID.create();
            Attributes image = new Attributes();
            image.setString(Tag.SOPClassUID, UID.MRImageStorage);
            image.setString(Tag.SOPInstanceUID, instance);
            image.setString(Tag.Modality, "MR");
            image.setString(Tag.StudyInstanceUID, "2.25.1");
            image.setString(Tag.SeriesInstanceUID, "2.25.2");
            image.setInt(Tag.InstanceNumber, i + 1);
            image.setInt(Tag.SamplesPerPixel, 1);
            image.setString(Tag.PhotometricInterpretation, "MONOCHROME2");
            image.setInt(Tag.Rows, MATRIX);
            image.setInt(Tag.Columns, MATRIX);
            image.setInt(Tag.BitsAllocated, 16);
            image.setInt(Tag.BitsStored, 16);
            image.setInt(Tag.HighBit, 15);
            image.setInt(Tag.PixelRepresentation, 0);
            image.setBytes(Tag.PixelData, VR.OW, pixels.clone());
            Files.write(folder.resolve(instance + ".dcm"), DicomWriter.toFileBytes(image));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
