/** Messages to the operator that ask for nothing and block nothing. */
package org.isocenter.app.notice;
