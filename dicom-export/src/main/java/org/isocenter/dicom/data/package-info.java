/** Data sets in memory: tags, value representations, attributes. */
package org.isocenter.dicom.data;
