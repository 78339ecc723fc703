/**
 * A simulated scanner: plays event tables on numerical phantoms by Bloch's equation. Signs: in the frame that turns with
 * the carrier {@code dM/dt = 2π·(B1 cos φ, B1 sin φ, Δf) × M}, so a spin with offset Δf turns as {@code e^{+i2πΔft}}; the
 * receiver demodulates and delivers the complex conjugate, {@code s(k) = Σ m e^{-i2πk·r}}.
 */
package org.isocenter.hardware.virtual;
