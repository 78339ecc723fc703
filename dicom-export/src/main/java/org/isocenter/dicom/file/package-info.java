/** DICOM Part 10 files: little endian, uncompressed. */
package org.isocenter.dicom.file;
