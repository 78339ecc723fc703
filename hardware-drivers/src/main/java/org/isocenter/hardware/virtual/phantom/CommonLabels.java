package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What label volumes of heads commonly mean by their numbers, for those that bring no table: 1 to 3 as segmentations into
 * cerebrospinal fluid, grey and white matter have them, 4 to 9 as the discrete models of BrainWeb (Collins et al., IEEE Trans
 * Med Imaging 17:463, 1998): fat, muscle, skin, skull, glial matter, connective tissue. 0 is air.
 */
public final class CommonLabels {
    private CommonLabels() {}

    /** The pools of each label, with relaxation times as they are at this field. */
    public static Map<Integer, List<Material>> at(double fieldTesla) {
        Map<Integer, List<Material>> labels = new TreeMap<>();
        labels.put(0, List.of());
        labels.put(1, List.of(Tissue.CEREBROSPINAL_FLUID.at(fieldTesla)));
        labels.put(2, List.of(Tissue.GREY_MATTER.at(fieldTesla)));
        labels.put(3, List.of(Tissue.WHITE_MATTER.at(fieldTesla)));
        labels.put(4, List.of(Tissue.FAT.at(fieldTesla)));
        labels.put(5, List.of(Tissue.MUSCLE.at(fieldTesla)));
        labels.put(6, List.of(Tissue.SKIN.at(fieldTesla)));
        labels.put(7, List.of(Tissue.BONE.at(fieldTesla)));
        labels.put(8, List.of(Tissue.GREY_MATTER.at(fieldTesla)));
        labels.put(9, List.of(Tissue.SKIN.at(fieldTesla)));
        return labels;
    }
}
