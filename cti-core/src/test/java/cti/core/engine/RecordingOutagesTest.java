package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.callId;
import static cti.core.engine.EngineWorld.channel;
import static cti.core.engine.EngineWorld.present;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.EventCause;
import cti.core.event.RecordingEvent.RecordingStarted;
import cti.core.event.RecordingEvent.RecordingStopped;
import cti.core.recording.RecordingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Recordings while the link or the server is away, and once it is back. */
class RecordingOutagesTest extends RecordingFixture {
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

  /** Seen on a slow machine: the link came back to a phone that rang, and whose talk began then. */
  @Test
  void ofAPhoneThatRangWhenTheLinkWasBackTheAgentIsKnown() {
    world.linkLost();
    world.pass(Duration.ofSeconds(20));
    Instant joined = world.now.minusSeconds(3);
    world.linkUp(
        List.of(
            present("5.1", "5.1", "PJSIP/ipoffice-5.1", "", world.now.minusSeconds(9)),
            present("5.2", "5.1", LEG_NAME, "", joined)),
        List.of(new GatewayInput.WaitingFacts(channel("5.1"), EngineWorld.QUEUE, 1, joined)),
        List.of());
    reports(new RecordingReport.Started("20261123/5.1_5.2_1.wav", 1));
    assertEquals(Optional.of(AGENT), ((RecordingStarted) recorded().getLast()).agent());
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
}
