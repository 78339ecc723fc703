/** The parameter panel: made from a sequence's parameter specs, checked at every edit. */
package org.isocenter.app.panel;
