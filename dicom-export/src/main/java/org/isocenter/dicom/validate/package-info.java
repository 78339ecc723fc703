/** Checks of objects against the standard, of the kinds that this console makes. */
package org.isocenter.dicom.validate;
