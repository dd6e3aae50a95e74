package cti.server.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.ivr.CallPlan;
import cti.core.ivr.Flow;
import cti.core.routing.Facts;
import cti.server.flow.FlowText;
import cti.server.flow.ScriptFolder;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A flow that is published while calls are under way. */
class FlowVersionsTest extends FlowServerFixture {
  private final Map<Integer, Flow> versions = new HashMap<>();
  private Flow inForce;

  /** The shipped flow; other versions send callers on whom nobody takes without a word. */
  private Flow version(int number) throws IOException {
    String yaml = ScriptFolder.classPath("ivr-scripts").text("hotline.yaml");
    String text = number == 1 ? yaml : yaml.replace("prompts: overflow", "prompts: comfort");
    Flow flow = FlowText.published(text, number).orElseThrow();
    versions.put(number, flow);
    return flow;
  }

  private AsteriskCall request(String resume, String status, String... doings) throws IOException {
    if (server == null) {
      server =
          FlowServer.start(
              settings(0, 100, 20_000),
              new FlowSources(
                  () -> directory,
                  () -> plan.withFlow(inForce),
                  caller -> Facts.at(Instant.parse("2026-11-23T02:30:00Z")),
                  new CallPlan.Versions(
                      version -> Optional.of(plan.routing()),
                      version -> Optional.ofNullable(versions.get(version)))),
              PhoneDesks.without(mailbox),
              byHand());
    }
    return new AsteriskCall(server.port())
        .request("hotline", FACTORY_CALLER, "8000", resume, status)
        .caller(doings)
        .run();
  }

  @Test
  void aCallKeepsTheFlowThatItBeganWith() throws IOException {
    inForce = version(1);
    AsteriskCall begun = request("", "", "-");
    String place = begun.variable("CTI_RESUME");
    assertEquals("t/0.1/site-gz/0/12pw-zh/hotline/desk-queue/gz/", place);
    inForce = version(2);
    AsteriskCall back = request(place, "TIMEOUT");
    assertEquals("overflow", back.heard());
    assertEquals("t/0.1//0//hotline/desktop-queue/hq-desktop/", back.variable("CTI_RESUME"));
    String later = request("", "", "-").variable("CTI_RESUME");
    assertEquals("comfort", request(later, "TIMEOUT").heard());
  }

  @Test
  void aVersionThatIsNotKnownAnyMoreIsTheOneInForce() throws IOException {
    inForce = version(2);
    AsteriskCall back = request("t/0.7/site-gz/0/12/hotline/desk-queue/gz/", "TIMEOUT");
    assertEquals("comfort", back.heard());
  }
}
