/** Reads phantoms from files: the spins of JEMRIS and KomaMRI (HDF5). */
package org.isocenter.hardware.virtual.phantom.file;
