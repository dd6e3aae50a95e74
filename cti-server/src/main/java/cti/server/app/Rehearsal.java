package cti.server.app;

import cti.core.agent.Agent;
import cti.core.agent.SeatRole;
import cti.core.desk.Desk;
import cti.core.engine.AgentCommand;
import cti.core.engine.CatalogInput;
import cti.core.engine.Engine;
import cti.core.engine.EngineInput;
import cti.core.engine.EngineSettings;
import cti.core.engine.GatewayInput;
import cti.core.engine.MemberAddressing;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.port.JournalRecord;
import cti.server.ami.AmiTranscript;
import cti.server.event.EventCodec;
import cti.server.event.EventLine;
import cti.server.web.stream.ScreenRehearsal;
import cti.server.web.view.Views;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through a call before there is one: what the gateway tells of it is read, decided on,
 * written down and made into what a screen is sent, by an engine and a picture of its own. What is
 * only done once in the life of a process (classes, serializers, the compiler's first look) is done
 * then, and the first caller of the day does not wait for it. Nothing of it reaches journal,
 * gateway, screens or log.
 */
final class Rehearsal {
  private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);

  /** A call has some 60 events: so often each path is walked that the compiler has it. */
  private static final int ROUNDS = 20;

  private static final GatewayId GATEWAY = new GatewayId("rehearsal");
  private static final DeskId DESK = new DeskId("rehearsal");
  private static final AgentId AGENT = new AgentId("8005");

  private final Views names;
  private final EventCodec codec;
  private final EventLine lines;
  private final byte[] told;

  /**
   * Makes one.
   *
   * @param names of desks and people
   * @param codec the journal's own: it remembers how each event is written
   */
  Rehearsal(Views names, EventCodec codec, EventLine lines) throws IOException {
    this.names = names;
    this.codec = codec;
    this.lines = lines;
    try (InputStream in = Rehearsal.class.getResourceAsStream("/rehearsal/call.txt")) {
      this.told = in.readAllBytes();
    }
  }

  /** Goes through it on a thread of its own, behind everything that has something to do. */
  void begin(Lifecycle lifecycle) {
    Thread thread =
        Thread.ofPlatform()
            .name("rehearsal")
            .daemon()
            .priority(Thread.MIN_PRIORITY)
            .start(
                () -> {
                  try {
                    for (int i = 0; i < ROUNDS && !Thread.currentThread().isInterrupted(); i++) {
                      play();
                    }
                  } catch (RuntimeException e) {
                    // Nothing depends on it but the time of the first call.
                    log.warn("the rehearsal of a call failed", e);
                  }
                });
    lifecycle.started("rehearsal", thread::interrupt);
  }

  /**
   * Once.
   *
   * @return the topics of what the agent's screen would have been sent, in order
   */
  List<String> play() {
    List<GatewayInput> inputs = AmiTranscript.inputs(told, GATEWAY);
    Instant begin = inputs.getFirst().at();
    Engine engine =
        new Engine(
            new EngineSettings(GATEWAY, Set.of("cti-hotline"), MemberAddressing.SHIPPED),
            number -> List.of());
    ScreenRehearsal screen = new ScreenRehearsal(names, AGENT, DESK);
    List<EngineInput> all = new ArrayList<>(before(begin));
    all.addAll(inputs);
    List<String> topics = new ArrayList<>();
    long sequence = 0;
    for (EngineInput input : all) {
      Instant now = input instanceof GatewayInput of ? of.at() : begin;
      for (DomainEvent event : engine.handle(input, now).events()) {
        engine.apply(event);
        codec.encode(event);
        lines.of(event);
        topics.addAll(screen.show(new JournalRecord(++sequence, event)));
      }
    }
    return topics;
  }

  /** The desk and agent of the call, who is ready. */
  private static List<EngineInput> before(Instant at) {
    Desk desk =
        new Desk(
            DESK,
            "",
            new SiteId("rehearsal"),
            "",
            new QueueName("cti-hq-erp"),
            Duration.ofSeconds(15),
            Duration.ofSeconds(90));
    return List.of(
        new CatalogInput.MasterReplaced(
            List.of(desk), List.of(new Agent(AGENT, "", Map.of(DESK, SeatRole.A)))),
        new GatewayInput.Snapshot(GATEWAY, at, "22", List.of(), List.of(), List.of()),
        new AgentCommand.LogOn(AGENT, new Extension("8005"), Set.of(DESK)),
        new AgentCommand.BecomeReady(AGENT));
  }
}
