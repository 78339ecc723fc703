/**
 * The exam in the hospital's plan: which entry of the worklist it is, what the hospital is told of it while it is under way and when it
 * is over, what archives have promised to keep, and what they hold from earlier.
 */
package org.isocenter.session.hospital;
