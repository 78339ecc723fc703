package org.isocenter.app.viewer;

import java.util.Locale;
import org.isocenter.model.Vec3;

/** The three standard planes as radiologists hang them: which patient directions (LPS) point right and down. */
public enum ViewPlane {
    AXIAL(Vec3.X, Vec3.Y),
    CORONAL(Vec3.X, new Vec3(0, 0, -1)),
    SAGITTAL(Vec3.Y, new Vec3(0, 0, -1));

    private final Vec3 right;
    private final Vec3 down;

    ViewPlane(Vec3 right, Vec3 down) {
        this.right = right;
        this.down = down;
    }

    public Vec3 right() {
        return right;
    }

    public Vec3 down() {
        return down;
    }

    /** Out of the plane; its sign does not matter here. */
    public Vec3 normal() {
        return right.cross(down);
    }

    /** For style classes and message keys. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
