/** MRD (ISMRMRD): the messages of its stream, its XML header, its HDF5 files. */
package org.isocenter.recon.mrd;
