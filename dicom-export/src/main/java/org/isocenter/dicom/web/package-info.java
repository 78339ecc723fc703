/** DICOM over HTTP (PS3.18): storing, finding and fetching images; and orders and image lists in FHIR R4. */
package org.isocenter.dicom.web;
