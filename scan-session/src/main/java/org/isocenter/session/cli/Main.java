package org.isocenter.session.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.isocenter.hardware.ScannerException;
import org.isocenter.session.IsocenterHome;
import org.isocenter.session.SessionLog;
import org.isocenter.session.SoftwareVersion;
import org.isocenter.session.archive.ArchiveException;
import org.isocenter.session.run.ScanException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code isocenter}: everything that the console can do without a person looking at it. */
@Command(
        name = "isocenter",
        description = "An open MRI scanner control console. Without a command, the launcher opens the operator window.",
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    private final Terminal terminal;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show what the command does and its options.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show version, commit, Java and operating system.")
    private boolean version;

    private Main(Terminal terminal) {
        this.terminal = terminal;
    }

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "One JSON document on standard output, nothing else there.")
    void setJson(boolean on) {
        terminal.setJson(on);
    }

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Log to standard error too, with stack traces.")
    void setDebug(boolean on) {
        terminal.setDebug(on);
        if (on) {
            SessionLog.writeToStandardError();
        }
    }

    /** Runs one command and ends the program with its exit code. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(out, err, Terminal.isInteractive());
        try {
            SessionLog.writeTo(IsocenterHome.folder());
        } catch (IOException e) {
            terminal.status("isocenter: no log is written (" + IsocenterHome.folder() + "): " + e.getMessage());
        }
        int code = run(args, terminal);
        out.flush();
        System.exit(code);
    }

    /** Runs one command in this process and returns its exit code. */
    static int run(String[] args, Terminal terminal) {
        CommandLine line = new CommandLine(new Main(terminal));
        addCommands(line, args, terminal);
        line.setOut(new PrintWriter(terminal.out(), true));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((error, given) -> {
            String command = error.getCommandLine().getCommandSpec().qualifiedName();
            terminal.error(error.getMessage() + " (" + command + "): see " + command + " --help", error);
            return ExitCode.INPUT;
        });
        line.setExecutionExceptionHandler(
                (error, command, parsed) -> tell(error, command.getCommandSpec().qualifiedName(), terminal));
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            return tell(e, args[0], terminal);
        }
    }

    private static Map<String, Supplier<Object>> commands(Terminal terminal) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("scan", () -> new ScanCommand(terminal));
        commands.put("demo", () -> new DemoCommand(terminal));
        commands.put("sequences", () -> new SequencesCommand(terminal));
        commands.put("phantoms", () -> new PhantomsCommand(terminal));
        commands.put("seq", () -> new SeqCommand(terminal).withSubcommands());
        commands.put("recon", () -> new ReconCommand(terminal));
        commands.put("serve", () -> new ServeCommand(terminal));
        commands.put("raw", () -> new RawCommand(terminal).withSubcommands());
        commands.put("studies", () -> new StudiesCommand(terminal));
        commands.put("dicom", () -> new DicomCommand(terminal).withSubcommands());
        commands.put("devices", () -> new DevicesCommand(terminal));
        commands.put("tune", () -> new TuneCommand(terminal));
        commands.put("emulate", () -> new EmulateCommand(terminal));
        return commands;
    }

    /** Where the first argument is a command, only that one, which starts the sooner; else all of them. */
    private static void addCommands(CommandLine line, String[] args, Terminal terminal) {
        Map<String, Supplier<Object>> commands = commands(terminal);
        if (args.length > 0 && commands.containsKey(args[0])) {
            commands.keySet().retainAll(List.of(args[0]));
        }
        commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    }

    @Override
    public void run() {
        spec.commandLine().usage(terminal.out());
    }

    /** Tells a person why {@code command} failed, and the log when it is not what a command says by itself; its exit code. */
    static int tell(Throwable error, String command, Terminal terminal) {
        if (!(error instanceof CommandException)) {
            LoggerFactory.getLogger(Main.class).error("{} failed", command, error);
        }
        terminal.error(message(error), error);
        return exitCode(error);
    }

    static int exitCode(Throwable error) {
        if (error instanceof CommandException known) {
            return known.exitCode();
        }
        if (error instanceof ScanException scan) {
            return switch (scan.kind()) {
                case INPUT -> ExitCode.INPUT;
                case SAFETY, INTERLOCK -> ExitCode.SAFETY;
                case DEVICE, OUTPUT -> ExitCode.DEVICE;
                case ABORTED -> ExitCode.INTERRUPTED;
            };
        }
        if (error instanceof ScannerException device) {
            return switch (device.kind()) {
                // When no scan is under way a refusal is about the address: an unknown driver, profile or option.
                case REFUSED -> ExitCode.INPUT;
                case INTERLOCK -> ExitCode.SAFETY;
                case LINK_LOST, TIMEOUT, DEVICE_FAULT, PROTOCOL -> ExitCode.DEVICE;
            };
        }
        if (error instanceof IOException
                || error instanceof UncheckedIOException
                || error instanceof ArchiveException
                || error instanceof IllegalArgumentException) {
            return ExitCode.INPUT;
        }
        return ExitCode.DEVICE;
    }

    static String message(Throwable error) {
        if (error instanceof OutOfMemoryError) {
            return "there is not enough memory for this ("
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB for Java): set ISOCENTER_JAVA_OPTIONS=-Xmx6g, say, and try again";
        }
        if (error instanceof NoSuchFileException missing) {
            return "no such file or folder (" + missing.getFile() + "): check its name";
        }
        if (error instanceof FileAlreadyExistsException existing) {
            return "it exists already (" + existing.getFile() + "): choose another name, or overwrite it with --force";
        }
        if (error instanceof UncheckedIOException unchecked) {
            return message(unchecked.getCause());
        }
        boolean expected = exitCode(error) == ExitCode.INPUT
                || error instanceof ScanException
                || error instanceof ScannerException
                || error instanceof CommandException;
        return expected && error.getMessage() != null
                ? error.getMessage()
                : "the program has an error (" + error + "): please report it with the log in "
                        + IsocenterHome.folder().resolve("logs");
    }

    /** What {@code --version} prints. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            SoftwareVersion current = SoftwareVersion.current();
            return List.of(
                            "Isocenter " + current.version(),
                            "commit " + current.commit(),
                            "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
                            System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                                    + System.getProperty("os.arch"))
                    .toArray(String[]::new);
        }
    }
}
