/** Reads phantoms from files: spins of JEMRIS and KomaMRI (HDF5), label volumes (NIfTI). */
package org.isocenter.hardware.virtual.phantom.file;
