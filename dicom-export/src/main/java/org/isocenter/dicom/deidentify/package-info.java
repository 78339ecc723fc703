/** Copies of objects from which nobody can tell who was scanned (PS3.15 annex E). */
package org.isocenter.dicom.deidentify;
