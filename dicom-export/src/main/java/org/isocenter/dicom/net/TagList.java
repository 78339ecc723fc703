package org.isocenter.dicom.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.VR;

/** Attributes of a command whose values are tags (VR AT: group and element, two bytes each). */
final class TagList {
    private TagList() {}

    static void set(Attributes command, int attribute, List<Integer> tags) {
        ByteBuffer list = ByteBuffer.allocate(4 * tags.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int tag : tags) {
            list.putShort((short) (tag >>> 16)).putShort((short) tag);
        }
        command.setBytes(attribute, VR.AT, list.array());
    }

    /** Empty when it is missing. */
    static List<Integer> get(Attributes command, int attribute) {
        List<Integer> tags = new ArrayList<>();
        ByteBuffer list = ByteBuffer.wrap(command.getBytes(attribute)).order(ByteOrder.LITTLE_ENDIAN);
        while (list.remaining() >= 4) {
            tags.add(list.getShort() << 16 | Short.toUnsignedInt(list.getShort()));
        }
        return tags;
    }
}
