package org.isocenter.session.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import org.isocenter.recon.ChainRecord;

/** How reports tell by which steps images were made. Numbers are SI. */
public final class ReconstructionJson {
    private ReconstructionJson() {}

    /** With several chains, for parts of a scan that are encoded differently, each step names its own. */
    public static ObjectNode of(List<ChainRecord> chains) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("chain", chains.stream().map(ChainRecord::name).collect(Collectors.joining(", ")));
        ArrayNode steps = node.putArray("steps");
        for (ChainRecord chain : chains) {
            for (ChainRecord.Step step : chain.steps()) {
                ObjectNode each = steps.addObject().put("name", step.name());
                if (chains.size() > 1) {
                    each.put("chain", chain.name());
                }
                ObjectNode parameters = each.putObject("parameters");
                step.parameters().forEach((name, value) -> put(parameters, name, value));
            }
        }
        return node;
    }

    private static void put(ObjectNode into, String name, Object value) {
        if (value instanceof Integer count) {
            into.put(name, count);
        } else if (value instanceof Double number) {
            ScanReport.number(into, name, number);
        } else if (value instanceof Boolean flag) {
            into.put(name, flag);
        } else {
            into.put(name, value.toString());
        }
    }
}
