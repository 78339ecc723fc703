package org.isocenter.app.instrument;

/** Something done with an instrument in the background. */
@FunctionalInterface
interface Work<T> {
    /**
     * @param course to be told how far it is
     * @throws Exception of the instrument; also when it was cancelled
     */
    T run(Course course) throws Exception;
}
