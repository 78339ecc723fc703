/** Which exams are planned, and choosing one. */
package org.isocenter.app.worklist;
