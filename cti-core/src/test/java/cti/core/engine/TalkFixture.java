package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static cti.core.engine.EngineWorld.callId;

import cti.core.call.Call;
import cti.core.call.CallTimes;
import cti.core.call.Part;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.DomainEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A caller who talks to the first of two agents, and what came of the call. */
abstract class TalkFixture {
  final EngineWorld world = new EngineWorld();

  @BeforeEach
  void twoAgentsAreReady() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.readyAgent(SECOND_AGENT, SECOND_PHONE);
  }

  void talk() {
    world.dials("1");
    seconds(2);
    world.joinsQueue("1");
    world.rings("1", "leg", PHONE);
    world.leg("1", "leg-2", "Local/" + PHONE + "@cti-agents-leg;2");
    world.leg("1", "leg-line", "PJSIP/ipoffice-leg");
    world.dialled("leg-2", "leg-line", PHONE.value());
    seconds(3);
    world.answers("1", "leg", PHONE);
  }

  /** Ten seconds of talk, then the second agent is asked and answers after two. */
  void consultation() {
    talk();
    seconds(10);
    world.holds("leg");
    consultationLegs();
    world.dialsPhone("1", "x-2", "to", SECOND_PHONE);
    seconds(2);
    world.dialEnds("to", "ANSWER");
  }

  /** The leg into [cti-hold] of an agent who holds by command. */
  void silence() {
    world.leg("1", "x", "Local/1@cti-hold-x;1");
    world.leg("1", "x-2", "Local/1@cti-hold-x;2");
  }

  /** The leg of an agent who consults by command. */
  void consultationLegs() {
    world.leg("1", "x", "Local/1@cti-consult-x;1");
    world.leg("1", "x-2", "Local/1@cti-consult-x;2");
  }

  void gone(String... channels) {
    for (String channel : channels) {
      world.gone(channel);
    }
  }

  void seconds(int seconds) {
    world.pass(Duration.ofSeconds(seconds));
  }

  Part part(String call, String channel) {
    return world.call(call).parts().stream()
        .filter(part -> part.id().value().equals(EngineWorld.GATEWAY + ":" + channel))
        .findFirst()
        .orElseThrow();
  }

  /** A call that is over, as its events tell it. */
  Call over(String id) {
    Call call = null;
    for (DomainEvent event : world.events) {
      if (event instanceof ServiceInitiated begun && begun.call().equals(callId(id))) {
        call = Call.begun(begun);
      } else if (event instanceof CallEvent e && e.call().equals(callId(id))) {
        call = call.apply(e);
      }
    }
    return call;
  }

  /** In flow, waiting, ringing, talking, on hold, ending. */
  static List<Long> spent(CallTimes times) {
    return List.of(
        times.inFlow().toSeconds(),
        times.waiting().toSeconds(),
        times.ringing().toSeconds(),
        times.talking().toSeconds(),
        times.onHold().toSeconds(),
        times.ending().toSeconds());
  }
}
