/** Raw data from outside of the console: files of arrays, and what the sequence that they were measured with says of them. */
package org.isocenter.session.raw;
