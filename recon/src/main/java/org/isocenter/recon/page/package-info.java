/** Pages to read, drawn without fonts: for reports among the images. */
package org.isocenter.recon.page;
