/**
 * The hospital's side of a scan (IHE Scheduled Workflow, Acquisition Modality): worklist, performed procedure steps, storage
 * commitment, and fetching of earlier studies. Data sets are pure functions of values; the calls over an association are thin.
 */
package org.isocenter.dicom.workflow;
