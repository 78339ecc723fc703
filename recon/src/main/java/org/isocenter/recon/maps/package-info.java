/** What is worked out of several images of a scan: maps of the main and the transmit field. */
package org.isocenter.recon.maps;
