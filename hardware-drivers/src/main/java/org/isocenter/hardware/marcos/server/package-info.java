/** An emulated MaRCoS server: what the marga firmware does with its instructions, played on a phantom. */
package org.isocenter.hardware.marcos.server;
