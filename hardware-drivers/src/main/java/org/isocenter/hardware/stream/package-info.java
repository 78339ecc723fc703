/** The open event stream: a small documented link for devices that builders make ({@code docs/event-stream.md}). */
package org.isocenter.hardware.stream;
