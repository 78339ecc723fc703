/** The scan under way: from the exam's next entry to its images, and Stop. */
package org.isocenter.app.scan;
