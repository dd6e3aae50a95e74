package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.DESK;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static cti.core.engine.EngineWorld.channel;
import static cti.core.engine.EngineWorld.present;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.desk.Desk;
import cti.core.event.RecordingEvent;
import cti.core.id.RecordingId;
import cti.core.id.SiteId;
import cti.core.recording.RecordingPolicy;
import cti.core.recording.RecordingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A talk at a desk that records, and what is on record of it. */
abstract class RecordingFixture {
  static final RecordingId FIRST = new RecordingId("gw1:5.2~1");
  static final RecordingId SECOND = new RecordingId("gw1:5.2~2");
  static final String LEG_NAME = "Local/8001@cti-agents-5.2;1";
  static final String COLLEAGUE_LEG_NAME = "Local/" + SECOND_PHONE + "@cti-agents-5.3;1";

  EngineWorld world = new EngineWorld();

  @BeforeEach
  void aTalk() {
    rules(new RecordingRules(RecordingPolicy.ALL, 0, "notice", true, true, true, 30));
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("5.1");
    world.joinsQueue("5.1");
    world.rings("5.1", "5.2", PHONE);
  }

  void rules(RecordingRules rules) {
    world.tell(
        new CatalogInput.DesksReplaced(
            List.of(
                new Desk(
                    DESK,
                    "广州厂",
                    new SiteId("gz"),
                    "",
                    QUEUE,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    rules))));
  }

  void reports(RecordingReport report) {
    world.tell(new GatewayInput.RecordingReported(GATEWAY, world.now, channel("5.2"), report));
  }

  void recordedTalk() {
    reports(new RecordingReport.Started("20261123/5.1_5.2_1.wav", 1));
    world.answers("5.1", "5.2", PHONE);
    world.pass(Duration.ofSeconds(10));
  }

  List<RecordingEvent> recorded() {
    return world.events.stream()
        .filter(RecordingEvent.class::isInstance)
        .map(RecordingEvent.class::cast)
        .toList();
  }

  Reply asks(AgentCommand.OfRecording command) {
    world.effects.clear();
    return world.tell(command).reply().orElseThrow();
  }

  void refused(String id, AgentCommand.OfRecording command) {
    assertEquals(id, ((Reply.Refusal) asks(command)).id());
    assertEquals(List.of(), world.actions());
  }

  static GatewayAction mute(boolean on) {
    return new GatewayAction.MuteRecording(GATEWAY, LEG_NAME, on);
  }

  static GatewayAction.AskRecording asked() {
    return new GatewayAction.AskRecording(GATEWAY, channel("5.2"), LEG_NAME);
  }

  void linkIsBackInTheTalk() {
    Instant since = world.now.minusSeconds(20);
    world.linkUp(
        List.of(
            present("5.1", "5.1", "PJSIP/ipoffice-5.1", "b1", since),
            present("5.2", "5.1", LEG_NAME, "b1", since)),
        List.of(),
        List.of());
  }
}
