/** Pulseq files planned like the library's sequences. */
package org.isocenter.sequence.file;
