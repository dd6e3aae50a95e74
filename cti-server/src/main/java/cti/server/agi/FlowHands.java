package cti.server.agi;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.Dialling;
import cti.core.engine.CallbackCommand;
import cti.core.engine.FlowInput;
import cti.core.engine.Reply;
import cti.core.id.ChannelId;
import cti.core.id.DeskId;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.ivr.CallPlan;
import cti.core.ivr.FlowAction;
import cti.core.ivr.FlowEvent;
import cti.core.ivr.Node;
import cti.core.ivr.Waiting;
import cti.core.port.WebhookException;
import cti.core.routing.TargetPlace;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiHangupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what a flow wants done on one caller's line. Knows nothing of flows. */
final class FlowHands {
  private static final Logger LOG = LoggerFactory.getLogger(FlowHands.class);
  private static final Duration REPLY_WAIT = Duration.ofSeconds(3);

  /** Anything shorter is a breath before a hang-up. */
  private static final Duration SHORTEST_MESSAGE = Duration.ofSeconds(1);

  private final GatewayId gateway;
  private final ChannelId channel;
  private final CallerLine line;
  private final EngineReports engine;
  private final AgiCounters counters;
  private final FlowAround around;
  private String language = "";
  private Function<DeskId, Optional<Site>> sites = desk -> Optional.empty();
  private TargetPlace nowhere = new TargetPlace(0, 0, "", 0, "", "");

  FlowHands(
      GatewayId gateway,
      ChannelId channel,
      CallerLine line,
      EngineReports engine,
      AgiCounters counters,
      FlowAround around) {
    this.gateway = gateway;
    this.channel = channel;
    this.line = line;
    this.engine = engine;
    this.counters = counters;
    this.around = around;
  }

  /** What an earlier request of this call said must not stand when this one says nothing. */
  void begin(CallPlan plan) throws AgiException {
    language = plan.flow().language();
    sites = plan::siteOf;
    nowhere = new TargetPlace(plan.routing().version(), plan.flow().version(), "", 0, "", "");
    line.setVariable("CTI_ACTION", "");
  }

  void tell(BiFunction<GatewayId, ChannelId, FlowInput> report) {
    engine.tell(report.apply(gateway, channel));
  }

  /** The event that came of it; empty for an action after which there is another, or the end. */
  Optional<FlowEvent> carryOut(FlowAction action) throws AgiException {
    switch (action) {
      case FlowAction.Answer _ -> line.answer();
      case FlowAction.Say say -> play(say.language(), say.prompts());
      case FlowAction.Play play -> {
        play(play.language(), play.prompts());
        return Optional.of(new FlowEvent.Played());
      }
      case FlowAction.Ask ask -> {
        language = ask.language();
        Optional<String> key = line.ask(ask.language(), ask.prompts(), ask.keyWait());
        return Optional.of(key.<FlowEvent>map(FlowEvent.Key::new).orElseGet(FlowEvent.NoKey::new));
      }
      case FlowAction.NoteKeys keys ->
          engine.tell(new FlowInput.KeysPressed(gateway, channel, keys.node(), keys.digits()));
      case FlowAction.NoteCaller caller ->
          engine.tell(new FlowInput.CallerNamed(gateway, channel, caller.staff()));
      case FlowAction.NoteSurvey survey ->
          engine.tell(new FlowInput.SurveyGiven(gateway, channel, survey.node(), survey.mark()));
      case FlowAction.NoteAffected affected ->
          engine.tell(new FlowInput.Affected(gateway, channel, affected.notice()));
      case FlowAction.RequestCallback callback -> {
        return Optional.of(request(callback));
      }
      case FlowAction.RecordMessage message -> {
        return Optional.of(record(message));
      }
      case FlowAction.CallWebhook webhook -> {
        return Optional.of(ask(webhook));
      }
      case FlowAction.EnterQueue queue -> enterQueue(queue);
      case FlowAction.Dial dial -> dial(dial);
      case FlowAction.HangUp hangUp -> {
        line.setVariable("CTI_ACTION", "hangup");
        engine.tell(new FlowInput.FlowOver(gateway, channel, hangUp.node()));
        LOG.info("Flow over at node {}", hangUp.node());
      }
      case FlowAction.FallBack fallBack -> {
        counters.fellBack.increment();
        LOG.warn("Left to the static queue at node {}: {}", fallBack.node(), fallBack.reason());
      }
      case FlowAction.Quit _ -> LOG.info("Caller gone");
    }
    return Optional.empty();
  }

  private void play(String inLanguage, List<String> prompts) throws AgiException {
    language = inLanguage;
    line.play(inLanguage, prompts);
  }

  /** The caller is promised nothing that is not on disk. */
  private FlowEvent request(FlowAction.RequestCallback wish) throws AgiException {
    try {
      Reply reply =
          engine
              .ask(
                  new CallbackCommand.Request(
                      channel, wish.desk().id(), wish.number(), wish.language()))
              .toCompletableFuture()
              .get(REPLY_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      return switch (reply) {
        case Reply.Accepted _ -> {
          LOG.info("Callback noted for desk {}", wish.desk().id());
          yield new FlowEvent.Done();
        }
        case Reply.Refusal refusal -> {
          LOG.warn("No callback for desk {}: {}", wish.desk().id(), refusal.id());
          yield new FlowEvent.Refused(refusal.message());
        }
      };
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("No callback, no answer from the engine: {}", e.toString());
      return new FlowEvent.Refused("the server did not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgiHangupException();
    }
  }

  /** The engine knows of the message before it begins: who hangs up ends it, and all is said. */
  private FlowEvent record(FlowAction.RecordMessage message) throws AgiException {
    play(message.language(), message.prompts());
    String spool = line.variable("ASTSPOOLDIR").orElse("/var/spool/asterisk");
    String folder = line.variable("CTI_RECORDINGS_FOLDER").orElse("cti");
    int part =
        1
            + line.variable("CTI_MESSAGES")
                .filter(n -> n.matches("[0-9]{1,3}"))
                .map(Integer::parseInt)
                .orElse(0);
    String linked = line.variable("CHANNEL(linkedid)").orElse(channel.value());
    String day = line.variable("STRFTIME(${EPOCH},UTC,%Y%m%d)").orElse("19700101");
    String name = day + "/" + linked + "_" + channel + "_" + part + ".wav";
    line.setVariable("CTI_MESSAGES", Integer.toString(part));
    engine.tell(
        new FlowInput.MessageBegins(
            gateway,
            channel,
            message.desk().id(),
            name,
            part,
            (int) message.longest().toSeconds()));
    String root = folder.startsWith("/") ? folder : spool + "/monitor/" + folder;
    boolean said = line.record(root + "/voicemail/" + name, message.longest(), SHORTEST_MESSAGE);
    LOG.info("Message for desk {}: {}", message.desk().id(), said ? "recorded" : "nothing said");
    return said ? new FlowEvent.Recorded() : new FlowEvent.NothingSaid();
  }

  private FlowEvent ask(FlowAction.CallWebhook webhook) {
    Map<String, String> facts = new HashMap<>(webhook.digits());
    facts.put("node", webhook.node());
    facts.put("call", gateway + ":" + channel);
    facts.put("callingNumber", webhook.callingNumber());
    try {
      return new FlowEvent.Word(around.webhooks().ask(webhook.hook(), facts));
    } catch (WebhookException e) {
      LOG.warn("Webhook {}: {}", webhook.hook(), e.getMessage());
      return new FlowEvent.Failed(e.getMessage());
    }
  }

  /** The flow's own place, with the versions that the call keeps. */
  private String place(String flow) {
    return new TargetPlace(nowhere.version(), nowhere.flowVersion(), "", 0, "", flow).text();
  }

  /** Sets variables of the channel, in their order; CTI_ACTION is the last. */
  void set(SequencedMap<String, String> variables) throws AgiException {
    line.setVariables(variables);
  }

  /** Plays in the language in which the caller was talked to last. */
  void play(List<String> prompts) throws AgiException {
    line.answer();
    line.play(language, prompts);
  }

  private void enterQueue(FlowAction.EnterQueue queue) throws AgiException {
    decideRecording(queue.desk());
    // The engine knows the desk before the gateway can tell it of the queue.
    chosen(queue.desk(), queue.desk().queue(), queue.why());
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("CTI_QUEUE", queue.desk().queue().value());
    variables.put("CTI_PRIORITY", Integer.toString(queue.priority()));
    variables.put("CTI_TIMEOUT", Long.toString(queue.longestWait().toSeconds()));
    variables.put("CTI_RESUME", place(queue.resume()));
    put(queue.waiting(), variables);
    variables.put("CTI_ACTION", "queue");
    set(variables);
    LOG.info("To queue {} by {}", queue.desk().queue(), queue.rule());
  }

  /** What goes with a caller into a queue, as the dialplan takes it. */
  static void put(Waiting waiting, SequencedMap<String, String> variables) {
    variables.put("CTI_LANGUAGE", waiting.language());
    if (!waiting.says().equals(Node.Queue.Says.NOTHING)) {
      variables.put("CTI_QUEUE_TELLS", waiting.text());
    }
    if (!waiting.keys().isEmpty()) {
      variables.put("CTI_QUEUE_KEYS", waiting.keysInOrder());
    }
    putGoOn(waiting.goOn(), variables);
  }

  static void putGoOn(boolean goOn, SequencedMap<String, String> variables) {
    if (goOn) {
      variables.put("CTI_GO_ON", "yes");
    }
  }

  private void chosen(Desk desk, QueueName queue, FlowAction.Why why) {
    engine.tell(
        new FlowInput.DeskChosen(
            gateway, channel, desk.id(), queue, why.rule(), why.explanation()));
  }

  private void dial(FlowAction.Dial dial) throws AgiException {
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("CTI_DIAL", dialling(dial.desk().map(Desk::id)).written(dial.number()));
    variables.put("CTI_TIMEOUT", Long.toString(dial.ring().toSeconds()));
    variables.put("CTI_RESUME", place(dial.resume()));
    putGoOn(dial.goOn(), variables);
    variables.put("CTI_ACTION", "dial");
    set(variables);
    LOG.info("Dials a number at node {}", dial.node());
  }

  /** How numbers are dialled for a desk; as they stand where the call has none. */
  Dialling dialling(Optional<DeskId> desk) {
    return new Dialling(desk.flatMap(sites), around.numbers());
  }

  /** The language in which the caller is talked to from here on. */
  void speak(String inLanguage) {
    language = inLanguage;
  }

  /** What the dialplan does when the talk begins; a caller who was not told is not recorded. */
  void decideRecording(Desk desk) throws AgiException {
    new TalkRecording(gateway, channel, line).decide(desk, language, true);
  }
}
