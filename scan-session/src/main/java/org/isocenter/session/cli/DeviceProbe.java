package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.StopLatency;
import org.isocenter.model.SystemLimits;

/**
 * What a scanner says of itself when it is asked.
 *
 * @param interlocks that are latched, at the device or from an earlier connection
 */
record DeviceProbe(
        URI uri,
        String description,
        String firmware,
        SystemLimits limits,
        StopLatency stop,
        List<Interlock> interlocks,
        List<SelfTestResult> tests) {

    static DeviceProbe of(Scanner scanner, List<Interlock> interlocks) throws ScannerException {
        return new DeviceProbe(
                scanner.uri(),
                scanner.description(),
                scanner.firmware(),
                scanner.limits(),
                scanner.stopLatency(),
                interlocks,
                scanner.selfTest());
    }

    /** Whether it could scan now. */
    boolean isWell() {
        return interlocks.isEmpty() && tests.stream().noneMatch(test -> test.outcome() == SelfTestResult.Outcome.FAIL);
    }

    private String state() {
        return interlocks.isEmpty() ? isWell() ? "ready" : "self-test failed" : "interlocked";
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        double gamma = limits.gammaHertzPerTesla();
        lines.add(description + ", firmware " + firmware + ": " + state());
        lines.add(String.format(
                Locale.ROOT,
                "  %s: %.4g T, %.4g MHz, gradients %.3g mT/m and %.3g T/m/s, RF peak %.3g kHz, %d receive channel%s",
                limits.name(),
                limits.fieldTesla(),
                limits.larmorHertz() / 1e6,
                limits.gradientHertzPerMeter() / gamma * 1e3,
                limits.slewHertzPerMeterPerSecond() / gamma,
                limits.rfPeakHertz() / 1e3,
                limits.receiveChannels(),
                limits.receiveChannels() == 1 ? "" : "s"));
        lines.add("  a stop takes effect " + stop.explanation()
                + (Double.isNaN(stop.seconds()) ? "" : ", within " + number(stop.seconds() * 1e3) + " ms"));
        for (Interlock each : interlocks) {
            lines.add("  interlock latched since " + each.since() + ": " + each.text());
        }
        if (!interlocks.isEmpty()) {
            lines.add("  mend the cause, then: isocenter devices '" + uri + "' --acknowledge");
        }
        if (tests.isEmpty()) {
            lines.add("  self-test: this device has none");
        }
        lines.addAll(lines(tests));
        return lines;
    }

    static List<String> lines(List<SelfTestResult> tests) {
        return tests.stream().map(test -> "  self-test: " + text(test)).toList();
    }

    private static String text(SelfTestResult test) {
        String outcome = switch (test.outcome()) {
            case PASS -> "pass  ";
            case FAIL -> "FAIL  ";
            case NOT_AVAILABLE -> "-     ";
        };
        StringBuilder text = new StringBuilder(outcome).append(test.name());
        if (!Double.isNaN(test.value())) {
            text.append(" " + number(test.value()) + " " + test.unit());
        }
        if (!Double.isNaN(test.limit())) {
            text.append(" (limit " + number(test.limit()) + " " + test.unit() + ")");
        }
        return test.detail().isEmpty()
                ? text.toString()
                : text.append(": ").append(test.detail()).toString();
    }

    /** Four digits, no trailing zeros. */
    private static String number(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value, new MathContext(4)).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }

    ObjectNode json() {
        ObjectNode document = Terminal.object()
                .put("uri", uri.toString())
                .put("description", description)
                .put("firmware", firmware)
                .put("link", uri.getScheme())
                .put("state", state())
                .put("profile", limits.name())
                .put("fieldTesla", limits.fieldTesla())
                .put("larmorHertz", limits.larmorHertz())
                .put("gradientHertzPerMeter", limits.gradientHertzPerMeter())
                .put("slewHertzPerMeterPerSecond", limits.slewHertzPerMeterPerSecond())
                .put("rfPeakHertz", limits.rfPeakHertz())
                .put("rfDutyFraction", limits.rfDutyFraction())
                .put("receiveChannels", limits.receiveChannels());
        ObjectNode stopping = document.putObject("stop");
        Terminal.number(stopping, "seconds", stop.seconds());
        stopping.put("explanation", stop.explanation());
        document.set("interlocks", json(interlocks));
        document.set("selfTest", tests(tests));
        return document;
    }

    static ArrayNode tests(List<SelfTestResult> tests) {
        ArrayNode results = JsonNodeFactory.instance.arrayNode();
        for (SelfTestResult test : tests) {
            ObjectNode node = results.addObject()
                    .put("name", test.name())
                    .put("outcome", test.outcome().name());
            Terminal.number(node, "value", test.value());
            Terminal.number(node, "limit", test.limit());
            node.put("unit", test.unit()).put("detail", test.detail());
        }
        return results;
    }

    static ArrayNode json(List<Interlock> interlocks) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Interlock each : interlocks) {
            array.addObject()
                    .put("kind", each.kind().name())
                    .put("reason", each.reason())
                    .put("since", each.since().toString());
        }
        return array;
    }
}
