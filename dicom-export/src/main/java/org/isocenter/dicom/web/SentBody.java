package org.isocenter.dicom.web;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** A request's body that tells when its latest bytes were taken. Any thread. */
final class SentBody implements BodyPublisher {
    private final BodyPublisher content;
    private volatile long latestNanos = System.nanoTime();

    SentBody(BodyPublisher content) {
        this.content = content;
    }

    /** By {@link System#nanoTime}. */
    long latestNanos() {
        return latestNanos;
    }

    @Override
    public long contentLength() {
        return content.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> to) {
        content.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                to.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer bytes) {
                latestNanos = System.nanoTime();
                to.onNext(bytes);
            }

            @Override
            public void onError(Throwable problem) {
                to.onError(problem);
            }

            @Override
            public void onComplete() {
                latestNanos = System.nanoTime();
                to.onComplete();
            }
        });
    }
}
