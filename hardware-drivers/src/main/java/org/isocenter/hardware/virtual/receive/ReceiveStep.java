package org.isocenter.hardware.virtual.receive;

/** One thing that happens to the signal on its way. Windows come in the order of the table, on one thread. */
@FunctionalInterface
interface ReceiveStep {
    void apply(ReceivedSignal signal);
}
