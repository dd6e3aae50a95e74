package cti.server.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.SiteId;
import cti.core.ivr.CallPlan;
import cti.core.port.Prompts.Kind;
import cti.core.port.Prompts.Use;
import cti.core.routing.MajorIncident;
import cti.server.directory.SampleCatalog;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.RoutingFile;
import cti.server.flow.ScriptFolder;
import cti.server.yaml.Faults;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who plays what, in the shipped flow with a rule and an incident. */
class PromptUsesTest {
  @Test
  void flowRulesIncidentsServerAndGatewayAreTold() throws Exception {
    SampleCatalog sample = SampleCatalog.load();
    ScriptFolder shipped = ScriptFolder.classPath("ivr-scripts");
    CallPlan plan =
        CallPlanFiles.load(shipped, "hotline.yaml", sample.desks(), sample.sites())
            .withRouting(
                RoutingFile.read(
                        """
                        lists:
                          word: [{ announcement: sorry }, { voicemail: gz }]
                        rules:
                          - { id: gz, when: { site: gz }, desk: gz, targets: [{ list: word }] }
                          - { id: rest, when: { always: true }, desk: hq-desktop }
                        """,
                        new Faults("test"))
                    .orElseThrow());
    MajorIncident incident =
        new MajorIncident(
            "7",
            "网络中断",
            "outage-network",
            Set.of(new SiteId("gz")),
            Set.of(),
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty());
    Map<String, List<Use>> uses = PromptUses.of(plan, List.of(incident));
    assertEquals(List.of(new Use(Kind.FLOW, "hotline", "greeting")), uses.get("welcome"));
    assertTrue(uses.get("sorry").contains(new Use(Kind.FLOW, "hotline", "sorry")));
    assertTrue(uses.get("sorry").contains(new Use(Kind.RULES, "gz", "")));
    assertEquals(List.of(new Use(Kind.INCIDENT, "网络中断", "7")), uses.get("outage-network"));
    assertEquals(List.of(new Use(Kind.SERVER, "cti-server", "")), uses.get("studio-ask-pin"));
    assertEquals(List.of(new Use(Kind.GATEWAY, "queues_cti.conf", "")), uses.get("comfort"));
    // Nothing is named that the manifest lacks.
    Set<String> known = CallPlanFiles.prompts(shipped).keySet();
    assertTrue(known.containsAll(uses.keySet()), () -> uses.keySet() + " of " + known);
  }
}
