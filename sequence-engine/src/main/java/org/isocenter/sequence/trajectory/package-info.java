/** What a sequence does to k-space: trajectories, labels, facts for people, and what each readout encodes. */
package org.isocenter.sequence.trajectory;
