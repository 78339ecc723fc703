package org.isocenter.recon.mrd;

import static org.bytedeco.hdf5.global.hdf5.H5Gclose;
import static org.bytedeco.hdf5.global.hdf5.H5Gcreate2;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;

/** Writes a series of images: headers, attributes and pixels in a group of their own. */
final class ImageWriter {
    private static final int CHUNK_HEADERS = 64;

    private ImageWriter() {}

    /**
     * @param images at least one, all of the same matrix, channels and pixel type
     * @throws IllegalArgumentException when they differ
     */
    static void write(Hdf5 hdf5, long measurement, String name, List<MrdImage> images) throws IOException {
        MrdImageHeader first = images.get(0).header();
        for (MrdImage image : images) {
            refuseOther(name, first, image.header());
        }
        long group = hdf5.opened(
                H5Gcreate2(measurement, name, H5P_DEFAULT(), H5P_DEFAULT(), H5P_DEFAULT()),
                handle -> H5Gclose(handle),
                "cannot make the group '" + name + "'");
        int count = images.size();
        List<String> attributes =
                images.stream().map(image -> image.meta().xml()).toList();
        NativeDataSet headers = new NativeDataSet(
                hdf5, group, "header", MrdTypes.IMAGE_HEADER, new long[] {count}, Math.min(count, CHUNK_HEADERS));
        NativeDataSet data = new NativeDataSet(
                hdf5,
                group,
                "data",
                MrdTypes.pixels(first.pixelType()),
                new long[] {count, first.channels(), first.slices(), first.rows(), first.columns()},
                1);
        for (int i = 0; i < count; i++) {
            MrdImage image = images.get(i);
            try (Hdf5 block = new Hdf5("")) {
                BytePointer header = block.kept(new BytePointer(ImageHeaderCodec.BYTES));
                ByteBuffer bytes = header.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                int attributeBytes = attributes.get(i).getBytes(StandardCharsets.UTF_8).length;
                ImageHeaderCodec.put(image.header(), attributeBytes, bytes, 0);
                headers.write(i, 1, header);
                BytePointer pixels =
                        block.kept(new BytePointer(Math.max(1, image.header().pixelBytes())));
                pixels.asByteBuffer().put(image.pixels().duplicate());
                data.write(i, 1, pixels);
            }
        }
        NativeDataSet.texts(hdf5, group, "attributes", attributes, Math.min(count, CHUNK_HEADERS));
    }

    private static void refuseOther(String name, MrdImageHeader a, MrdImageHeader b) {
        boolean same = a.pixelType() == b.pixelType()
                && a.channels() == b.channels()
                && a.slices() == b.slices()
                && a.rows() == b.rows()
                && a.columns() == b.columns();
        if (!same || a.pixels() == 0) {
            throw new IllegalArgumentException("the images of '" + name + "' differ in matrix or pixel type");
        }
    }
}
