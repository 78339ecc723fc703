/** MaRCoS: event tables as instructions of the marga firmware, which runs on a Red Pitaya. */
package org.isocenter.hardware.marcos;
