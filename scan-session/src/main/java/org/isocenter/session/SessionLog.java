package org.isocenter.session;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go: nowhere until a program says so, never to standard output. Logback finds this class by its service
 * entry, which also spares it the search for XML files at start. It starts with the first logger that somebody asks for: a command
 * that logs nothing does without, since the start takes longer than some of them. Any thread.
 */
public final class SessionLog extends ContextAwareBase implements Configurator {
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{25} %msg%n";
    private static final int DAYS_KEPT = 30;

    /** Of the program, as Logback's own are: null until it has started. Guarded by this class. */
    private static LoggerContext started;

    /** Where to write from its start on; null for nowhere. Guarded by this class. */
    private static Path folder;

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        start(context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static synchronized void start(LoggerContext context) {
        started = context;
        if (folder != null) {
            attach(context, new DayFile(folder));
        }
    }

    /** From now on also into {@code logs/isocenter-DATE.log} of this folder, a file a day; programs share it. */
    public static synchronized void writeTo(Path home) throws IOException {
        Path logs = home.resolve("logs");
        IsocenterHome.createPrivateDirectories(logs);
        folder = logs;
        if (started != null) {
            attach(started, new DayFile(logs));
        }
    }

    /** From now on also to standard error. */
    public static void writeToStandardError() {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        console.setEncoder(encoder(context()));
        attach(context(), console);
    }

    private static Encoder<ILoggingEvent> encoder(Context context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static void attach(LoggerContext context, Appender<ILoggingEvent> appender) {
        appender.setContext(context);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
    }

    private static LoggerContext context() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            return context;
        }
        throw new IllegalStateException("another logging library is on the class path: " + factory.getClass());
    }

    /** Opens the file with the first line: most commands log nothing, and opening takes longer than some of them. */
    private static final class DayFile extends AppenderBase<ILoggingEvent> {
        private final Path logs;
        private RollingFileAppender<ILoggingEvent> file;

        DayFile(Path logs) {
            this.logs = logs;
        }

        @Override
        protected synchronized void append(ILoggingEvent event) {
            if (file == null) {
                file = open();
            }
            file.doAppend(event);
        }

        @Override
        public synchronized void stop() {
            if (file != null) {
                file.stop();
            }
            super.stop();
        }

        private RollingFileAppender<ILoggingEvent> open() {
            RollingFileAppender<ILoggingEvent> opened = new RollingFileAppender<>();
            opened.setPrudent(true);
            opened.setContext(context);
            opened.setEncoder(encoder(context));
            TimeBasedRollingPolicy<ILoggingEvent> policy = new TimeBasedRollingPolicy<>();
            policy.setContext(context);
            policy.setParent(opened);
            policy.setFileNamePattern(
                    logs.resolve("isocenter-%d{yyyy-MM-dd}.log").toString());
            policy.setMaxHistory(DAYS_KEPT);
            policy.start();
            opened.setRollingPolicy(policy);
            opened.start();
            return opened;
        }
    }
}
