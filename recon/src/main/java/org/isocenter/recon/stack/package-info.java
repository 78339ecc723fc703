/** Which readouts make which volume, and where its voxels lie: alike for every kind of trajectory. */
package org.isocenter.recon.stack;
