/** An emulated device at the other end of the event stream ({@code docs/event-stream.md}): the virtual scanner behind the link. */
package org.isocenter.hardware.stream.device;
