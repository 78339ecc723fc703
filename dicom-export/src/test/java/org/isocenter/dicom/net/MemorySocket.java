package org.isocenter.dicom.net;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Set;

/** A connection on which given bytes come in and nothing that goes out is kept. */
final class MemorySocket extends Socket {
    private final InputStream in;

    MemorySocket(byte[] incoming) {
        this.in = new ByteArrayInputStream(incoming);
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void setSoTimeout(int milliseconds) {
        // Nothing here ever waits.
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // There is no network.
    }

    @Override
    public void shutdownOutput() {
        // There is no network.
    }
}
