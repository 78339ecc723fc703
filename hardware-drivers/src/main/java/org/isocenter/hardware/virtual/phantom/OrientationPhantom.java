package org.isocenter.hardware.virtual.phantom;

import java.util.List;
import org.isocenter.model.Vec3;

/**
 * A letter F in two planes at once, to see that left is left and up is up. The stem runs along z from feet to head. At its
 * head end and at the isocentre it has an arm to the left and a shorter one to the front; the arms at the head are longer
 * than those at the isocentre. So the coronal view is an F whose arms point to the patient's left, the sagittal view one
 * whose arms point to the front, and the axial view an L whose long arm points to the left.
 */
final class OrientationPhantom implements Phantom {
    private static final double HALF_WIDTH = 0.012;
    private static final double STEM_HALF_LENGTH = 0.08;
    private static final double TOP_ARM_CENTER = STEM_HALF_LENGTH - HALF_WIDTH;
    private static final double TOP_LEFT = 0.075;
    private static final double TOP_FRONT = 0.060;
    private static final double MIDDLE_LEFT = 0.055;
    private static final double MIDDLE_FRONT = 0.040;

    @Override
    public String name() {
        return "orientation";
    }

    @Override
    public List<Material> materials() {
        return List.of(BottlePhantom.DOPED_WATER);
    }

    @Override
    public int materialAt(double x, double y, double z) {
        boolean inX = Math.abs(x) <= HALF_WIDTH;
        boolean inY = Math.abs(y) <= HALF_WIDTH;
        boolean stem = inX && inY && Math.abs(z) <= STEM_HALF_LENGTH;
        boolean top = arms(x, y, z - TOP_ARM_CENTER, inX, inY, TOP_LEFT, TOP_FRONT);
        boolean middle = arms(x, y, z, inX, inY, MIDDLE_LEFT, MIDDLE_FRONT);
        return stem || top || middle ? 0 : -1;
    }

    private static boolean arms(double x, double y, double z, boolean inX, boolean inY, double left, double front) {
        if (Math.abs(z) > HALF_WIDTH) {
            return false;
        }
        return inY && x >= 0 && x <= left || inX && y <= 0 && y >= -front;
    }

    @Override
    public Vec3 halfExtentMeters() {
        return new Vec3(TOP_LEFT, TOP_FRONT, STEM_HALF_LENGTH);
    }
}
