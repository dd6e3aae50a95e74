package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.DESK;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static cti.core.engine.EngineWorld.callId;
import static cti.core.engine.EngineWorld.channel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.EventCause;
import cti.core.event.RecordingEvent.RecordingPaused;
import cti.core.event.RecordingEvent.RecordingResumed;
import cti.core.event.RecordingEvent.RecordingStarted;
import cti.core.event.RecordingEvent.RecordingStopped;
import cti.core.id.AttemptId;
import cti.core.id.RecordingId;
import cti.core.recording.Recording;
import cti.core.recording.RecordingPolicy;
import cti.core.recording.RecordingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Recordings as the gateway reports them, and what agents do with them. */
class RecordingsTest extends RecordingFixture {
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
