/** What listed spins do, as phantom files tell it: actions, how far they have gone at a time, and which spins they move. */
package org.isocenter.hardware.virtual.phantom.action;
