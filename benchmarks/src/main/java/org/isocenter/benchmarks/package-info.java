/** JMH benchmarks, beside their peers. */
package org.isocenter.benchmarks;
