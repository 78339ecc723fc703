/**
 * Reads HDF5 in plain Java: as much of the format as scientific programs write (HDF5 File Format Specification 3.0). Every
 * number in a file is checked before it is used, so that no file, damaged or hostile, can do worse than be refused.
 */
package org.isocenter.recon.hdf5;
