package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.DESK;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static cti.core.engine.EngineWorld.callId;
import static cti.core.engine.EngineWorld.channel;
import static cti.core.engine.EngineWorld.present;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.EventCause;
import cti.core.desk.Desk;
import cti.core.event.RecordingEvent;
import cti.core.event.RecordingEvent.RecordingPaused;
import cti.core.event.RecordingEvent.RecordingResumed;
import cti.core.event.RecordingEvent.RecordingStarted;
import cti.core.event.RecordingEvent.RecordingStopped;
import cti.core.id.AttemptId;
import cti.core.id.RecordingId;
import cti.core.id.SiteId;
import cti.core.recording.Recording;
import cti.core.recording.RecordingPolicy;
import cti.core.recording.RecordingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordingsTest {
  private static final RecordingId FIRST = new RecordingId("gw1:5.2~1");
  private static final RecordingId SECOND = new RecordingId("gw1:5.2~2");
  private static final String LEG_NAME = "Local/8001@cti-agents-5.2;1";
  private static final String COLLEAGUE_LEG_NAME = "Local/" + SECOND_PHONE + "@cti-agents-5.3;1";

  private EngineWorld world = new EngineWorld();

  @BeforeEach
  void aTalk() {
    rules(new RecordingRules(RecordingPolicy.ALL, 0, "notice", true, true, true, 30));
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("5.1");
    world.joinsQueue("5.1");
    world.rings("5.1", "5.2", PHONE);
  }

  private void rules(RecordingRules rules) {
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

  private void reports(RecordingReport report) {
    world.tell(new GatewayInput.RecordingReported(GATEWAY, world.now, channel("5.2"), report));
  }

  private void recordedTalk() {
    reports(new RecordingReport.Started("20261123/5.1_5.2_1.wav", 1));
    world.answers("5.1", "5.2", PHONE);
    world.pass(Duration.ofSeconds(10));
  }

  private List<RecordingEvent> recorded() {
    return world.events.stream()
        .filter(RecordingEvent.class::isInstance)
        .map(RecordingEvent.class::cast)
        .toList();
  }

  private Reply asks(AgentCommand.OfRecording command) {
    world.effects.clear();
    return world.tell(command).reply().orElseThrow();
  }

  private void refused(String id, AgentCommand.OfRecording command) {
    assertEquals(id, ((Reply.Refusal) asks(command)).id());
    assertEquals(List.of(), world.actions());
  }

  private static GatewayAction mute(boolean on) {
    return new GatewayAction.MuteRecording(GATEWAY, LEG_NAME, on);
  }

  @Test
  void belongsToTheOfferThatWasAnswered() {
    Instant at = world.now;
    recordedTalk();
    assertEquals(
        List.of(
            new RecordingStarted(
                FIRST,
                callId("5.1"),
                at,
                new AttemptId("gw1:5.2"),
                Optional.of(AGENT),
                Optional.of(DESK),
                "20261123/5.1_5.2_1.wav")),
        recorded());
  }

  @Test
  void aReportThatIsToldTwiceChangesNothing() {
    recordedTalk();
    reports(new RecordingReport.Started("20261123/5.1_5.2_1.wav", 1));
    reports(new RecordingReport.Unmuted());
    assertEquals(1, recorded().size());
    reports(new RecordingReport.Muted());
    reports(new RecordingReport.Muted());
    assertEquals(2, recorded().size());
    reports(new RecordingReport.Stopped());
    reports(new RecordingReport.Stopped());
    reports(new RecordingReport.Muted());
    assertEquals(3, recorded().size());
  }

  @Test
  void ofAChannelOfNoKnownCallIsNotKept() {
    world.tell(
        new GatewayInput.RecordingReported(
            GATEWAY, world.now, channel("9.9"), new RecordingReport.Started("x.wav", 1)));
    assertEquals(List.of(), recorded());
  }

  @Test
  void endsWithTheTalkAndTheGatewayIsToldSo() {
    recordedTalk();
    world.effects.clear();
    world.hangsUp("5.2");
    assertEquals(
        new RecordingStopped(FIRST, callId("5.1"), world.now, EventCause.NORMAL),
        recorded().getLast());
    assertTrue(
        world.actions().contains(new GatewayAction.StopRecording(GATEWAY, LEG_NAME)),
        () -> "asked for " + world.actions());
    world.gone("5.2");
    world.gone("5.1");
    assertEquals(2, recorded().size(), "stopped once");
    assertTrue(world.engine.state().recordings().all().isEmpty());
  }

  @Test
  void endsWithItsChannelWhereTheTalkWasNeverSeen() {
    reports(new RecordingReport.Started("20261123/5.1_5.2_1.wav", 1));
    world.gone("5.2");
    assertEquals(
        new RecordingStopped(FIRST, callId("5.1"), world.now, EventCause.NORMAL),
        recorded().getLast());
  }

  @Test
  void theAgentPausesAndResumes() {
    recordedTalk();
    assertEquals(new Reply.Accepted(), asks(new AgentCommand.PauseRecording(AGENT)));
    assertEquals(List.of(mute(true)), world.actions());
    Instant from = world.now;
    reports(new RecordingReport.Muted());
    assertEquals(
        new RecordingPaused(FIRST, callId("5.1"), from, from.plus(Duration.ofMinutes(2))),
        recorded().getLast());
    assertEquals(new Reply.Accepted(), asks(new AgentCommand.PauseRecording(AGENT)));
    assertEquals(List.of(), world.actions(), "it is paused already");
    world.pass(Duration.ofSeconds(20));
    assertEquals(new Reply.Accepted(), asks(new AgentCommand.ResumeRecording(AGENT)));
    assertEquals(List.of(mute(false)), world.actions());
    reports(new RecordingReport.Unmuted());
    assertEquals(new RecordingResumed(FIRST, callId("5.1"), world.now), recorded().getLast());
    Recording recording = world.engine.state().recordings().recording(FIRST).orElseThrow();
    assertEquals(
        List.of(
            new Recording.Pause(from, from.plus(Duration.ofMinutes(2)), Optional.of(world.now))),
        recording.pauses());
  }

  @Test
  void aForgottenPauseEndsByItself() {
    recordedTalk();
    reports(new RecordingReport.Muted());
    Effect.Arm armed = (Effect.Arm) world.effects.getLast();
    assertEquals(world.now.plus(Duration.ofMinutes(2)), armed.due());
    world.effects.clear();
    world.pass(Duration.ofMinutes(2));
    world.tell(armed.timer());
    assertEquals(List.of(mute(false)), world.actions());
    world.effects.clear();
    world.tell(new GatewayInput.ActionFailed(GATEWAY, world.now, mute(false), "timed out", false));
    Effect.Arm again =
        (Effect.Arm)
            world.effects.stream().filter(Effect.Arm.class::isInstance).findFirst().orElseThrow();
    assertEquals(armed.timer(), again.timer());
    assertEquals(world.now.plusSeconds(5), again.due());
  }

  @Test
  void theTimerOfAnEarlierPauseEndsNoLaterOne() {
    recordedTalk();
    reports(new RecordingReport.Muted());
    Effect.Arm first = (Effect.Arm) world.effects.getLast();
    reports(new RecordingReport.Unmuted());
    world.pass(Duration.ofMinutes(1));
    reports(new RecordingReport.Muted());
    world.effects.clear();
    world.tell(first.timer());
    assertEquals(List.of(), world.actions());
  }

  @Test
  void aPauseThatRanOutDuringAnOutageEndsWhenTheLinkIsBack() {
    recordedTalk();
    reports(new RecordingReport.Muted());
    Effect.Arm armed = (Effect.Arm) world.effects.getLast();
    world.linkLost();
    world.pass(Duration.ofMinutes(3));
    world.effects.clear();
    world.tell(armed.timer());
    assertEquals(List.of(), world.actions());
    Instant since = world.now.minusSeconds(200);
    world.linkUp(
        List.of(
            present("5.1", "5.1", "PJSIP/ipoffice-5.1", "b1", since),
            present("5.2", "5.1", LEG_NAME, "b1", since)),
        List.of(),
        List.of());
    assertTrue(world.actions().contains(mute(false)), () -> "asked for " + world.actions());
  }

  @Test
  void aRecordingWhoseCallEndedDuringAnOutageEndsWithIt() {
    recordedTalk();
    world.linkLost();
    world.pass(Duration.ofMinutes(3));
    world.linkUp();
    assertEquals(
        new RecordingStopped(FIRST, callId("5.1"), world.now, EventCause.RESYNC),
        recorded().getLast());
  }

  @Test
  void afterARestartThePauseIsStillWatched() {
    recordedTalk();
    reports(new RecordingReport.Muted());
    EngineWorld restarted = new EngineWorld(world.events);
    Instant until = world.now.plus(Duration.ofMinutes(2));
    assertTrue(
        restarted
            .engine
            .afterReplay(world.now)
            .contains(new Effect.Arm(new TimerInput.RecordingPauseOver(FIRST, until), until)));
    assertEquals(
        List.copyOf(world.engine.state().recordings().all()),
        List.copyOf(restarted.engine.state().recordings().all()));
  }

  @Test
  void theAgentStopsAndStartsAnew() {
    recordedTalk();
    assertEquals(new Reply.Accepted(), asks(new AgentCommand.StartRecording(AGENT)));
    assertEquals(List.of(), world.actions(), "it is recorded already");
    assertEquals(new Reply.Accepted(), asks(new AgentCommand.StopRecording(AGENT)));
    assertEquals(List.of(new GatewayAction.StopRecording(GATEWAY, LEG_NAME)), world.actions());
    reports(new RecordingReport.Stopped());
    refused("no-recording", new AgentCommand.StopRecording(AGENT));
    refused("no-recording", new AgentCommand.PauseRecording(AGENT));
    assertEquals(new Reply.Accepted(), asks(new AgentCommand.StartRecording(AGENT)));
    assertEquals(List.of(new GatewayAction.StartRecording(GATEWAY, LEG_NAME)), world.actions());
    reports(new RecordingReport.Started("20261123/5.1_5.2_2.wav", 2));
    assertEquals(
        List.of(SECOND),
        world.engine.state().recordings().all().stream().map(Recording::id).toList());
  }

  @Test
  void aSecondPartEndsTheFirst() {
    recordedTalk();
    reports(new RecordingReport.Started("20261123/5.1_5.2_2.wav", 2));
    assertEquals(
        List.of(SECOND),
        world.engine.state().recordings().all().stream().map(Recording::id).toList());
    assertEquals(FIRST, recorded().get(1).recording());
  }

  @Test
  void whatTheDeskDoesNotAllowIsRefused() {
    rules(new RecordingRules(RecordingPolicy.ALL, 0, "notice", false, false, false, 30));
    recordedTalk();
    refused("recording-not-allowed", new AgentCommand.StartRecording(AGENT));
    refused("recording-not-allowed", new AgentCommand.StopRecording(AGENT));
    refused("recording-not-allowed", new AgentCommand.PauseRecording(AGENT));
    refused("recording-not-allowed", new AgentCommand.ResumeRecording(AGENT));
  }

  @Test
  void nobodyElsesTalkAndNoneWithoutTheGateway() {
    recordedTalk();
    refused("no-talk", new AgentCommand.PauseRecording(EngineWorld.SECOND_AGENT));
    world.linkLost();
    refused("gateway-away", new AgentCommand.PauseRecording(AGENT));
  }

  private static GatewayAction.AskRecording asked() {
    return new GatewayAction.AskRecording(GATEWAY, channel("5.2"), LEG_NAME);
  }

  private void linkIsBackInTheTalk() {
    Instant since = world.now.minusSeconds(20);
    world.linkUp(
        List.of(
            present("5.1", "5.1", "PJSIP/ipoffice-5.1", "b1", since),
            present("5.2", "5.1", LEG_NAME, "b1", since)),
        List.of(),
        List.of());
  }

  @Test
  void ofATalkThatBeganWhileTheLinkWasAwayTheGatewayIsAsked() {
    world.linkLost();
    world.pass(Duration.ofSeconds(20));
    world.effects.clear();
    linkIsBackInTheTalk();
    assertTrue(world.actions().contains(asked()), () -> "asked for " + world.actions());
    Instant begun = world.now.minusSeconds(12);
    world.tell(
        new GatewayInput.RecordingReported(
            GATEWAY,
            begun,
            channel("5.2"),
            new RecordingReport.Started("20261123/5.1_5.2_1.wav", 1)));
    RecordingStarted started = (RecordingStarted) recorded().getLast();
    assertEquals(begun, started.at());
    assertEquals(Optional.of(AGENT), started.agent());
    assertEquals(new Reply.Accepted(), asks(new AgentCommand.PauseRecording(AGENT)));
    assertEquals(List.of(mute(true)), world.actions());
  }

  @Test
  void ofATalkWhoseRecordingIsKnownNothingIsAsked() {
    world.effects.clear();
    recordedTalk();
    assertTrue(
        world.actions().stream().noneMatch(GatewayAction.AskRecording.class::isInstance),
        () -> "asked for " + world.actions());
    world.linkLost();
    world.effects.clear();
    linkIsBackInTheTalk();
    assertTrue(
        world.actions().stream().noneMatch(GatewayAction.AskRecording.class::isInstance),
        () -> "asked for " + world.actions());
  }

  /** The report was lost between the snapshot and the talk: the desk records, so it is asked. */
  @Test
  void aTalkAtARecordingDeskThatWasNotReportedIsAskedFor() {
    world.effects.clear();
    world.answers("5.1", "5.2", PHONE);
    assertTrue(world.actions().contains(asked()), () -> "asked for " + world.actions());
  }

  @Test
  void aTalkAtADeskThatRecordsNothingIsNotAskedFor() {
    rules(RecordingRules.NONE);
    world.effects.clear();
    world.answers("5.1", "5.2", PHONE);
    assertTrue(
        world.actions().stream().noneMatch(GatewayAction.AskRecording.class::isInstance),
        () -> "asked for " + world.actions());
  }

  /** A recording without a call (its call's end is on no record) is not left open. */
  @Test
  void aRecordingOfACallThatIsKnownNoMoreEndsWhenTheLinkIsBack() {
    recordedTalk();
    EngineWorld forgetful = new EngineWorld(List.of(recorded().getFirst()));
    assertEquals(1, forgetful.engine.state().recordings().all().size());
    forgetful.linkUp();
    assertEquals(
        new RecordingStopped(FIRST, callId("5.1"), forgetful.now, EventCause.RESYNC),
        forgetful.events.stream()
            .filter(RecordingStopped.class::isInstance)
            .findFirst()
            .orElseThrow());
    assertTrue(forgetful.engine.state().recordings().all().isEmpty());
  }

  /** The colleague's phone rings for the caller, whom the first agent handed on. */
  private void handedOn() {
    world.readyAgent(SECOND_AGENT, SECOND_PHONE);
    world.transfersBlind("5.2", SECOND_PHONE.value());
    world.gone("5.2");
    world.dialsPhone("5.1", "5.1", "5.3", SECOND_PHONE);
    world.pass(Duration.ofSeconds(2));
  }

  private void reportsOfColleague(RecordingReport report) {
    world.tell(new GatewayInput.RecordingReported(GATEWAY, world.now, channel("5.3"), report));
  }

  @Test
  void ofAColleagueToWhomTheCallerWasHandedIsOfTheSameCallAndDesk() {
    recordedTalk();
    handedOn();
    Instant at = world.now;
    reportsOfColleague(new RecordingReport.Started("20261123/5.1_5.3_1.wav", 1));
    world.dialEnds("5.3", "ANSWER");
    RecordingId second = new RecordingId("gw1:5.3~1");
    assertEquals(
        new RecordingStarted(
            second,
            callId("5.1"),
            at,
            new AttemptId("gw1:5.3"),
            Optional.of(SECOND_AGENT),
            Optional.of(DESK),
            "20261123/5.1_5.3_1.wav"),
        recorded().getLast());
    assertEquals(new Reply.Accepted(), asks(new AgentCommand.PauseRecording(SECOND_AGENT)));
    assertEquals(
        List.of(new GatewayAction.MuteRecording(GATEWAY, COLLEAGUE_LEG_NAME, true)),
        world.actions());
    refused("no-talk", new AgentCommand.PauseRecording(AGENT));

    world.pass(Duration.ofSeconds(8));
    world.effects.clear();
    world.hangsUp("5.3-line");
    world.gone("5.3-line");
    world.gone("5.3-2");
    world.gone("5.3");
    assertEquals(
        new RecordingStopped(second, callId("5.1"), world.now, EventCause.NORMAL),
        recorded().getLast());
    assertTrue(world.engine.state().recordings().all().isEmpty());
  }

  @Test
  void aColleaguesTalkThatWasNotReportedIsAskedFor() {
    recordedTalk();
    handedOn();
    world.effects.clear();
    world.dialEnds("5.3", "ANSWER");
    GatewayAction asked =
        new GatewayAction.AskRecording(GATEWAY, channel("5.3"), COLLEAGUE_LEG_NAME);
    assertTrue(world.actions().contains(asked), () -> "asked for " + world.actions());
  }

  @Test
  void aColleaguesTalkIsNotAskedForWhereTheDeskRecordsNothing() {
    rules(RecordingRules.NONE);
    world.answers("5.1", "5.2", PHONE);
    handedOn();
    world.effects.clear();
    world.dialEnds("5.3", "ANSWER");
    assertTrue(
        world.actions().stream().noneMatch(GatewayAction.AskRecording.class::isInstance),
        () -> "asked for " + world.actions());
  }
}
