package cti.server.agi;

import cti.core.desk.Desk;
import cti.core.engine.FlowInput;
import cti.core.id.ChannelId;
import cti.core.ivr.CallPlan;
import cti.core.ivr.CallbackPrompt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiHangupException;
import org.asteriskjava.fastagi.AgiNetworkException;
import org.asteriskjava.fastagi.AgiRequest;
import org.asteriskjava.fastagi.AgiScript;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The script {@code callback}: somebody who is called back has answered, {@code
 * AGI(agi://host/callback,<queue>,<language>)}. They say by a key that they are there, so that no
 * mailbox is put into the queue; then the dialplan sends them there. CTI_ACTION stays empty where
 * they do not.
 */
final class CallbackScript implements AgiScript {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackScript.class);
  private static final Duration KEY_WAIT = Duration.ofSeconds(5);
  private static final int TRIES = 3;
  private static final String NODE = "callback";
  private static final String YES = "1";

  private final AgiSettings settings;
  private final FlowSources sources;
  private final EngineReports engine;
  private final LongSupplier nanoTime;

  CallbackScript(
      AgiSettings settings, FlowSources sources, EngineReports engine, LongSupplier nanoTime) {
    this.settings = settings;
    this.sources = sources;
    this.engine = engine;
    this.nanoTime = nanoTime;
  }

  @Override
  public void service(AgiRequest request, AgiChannel channel) {
    Optional<HotlineRequest> asked = HotlineRequest.of(request);
    if (asked.isEmpty()) {
      LOG.warn("A request for a callback of gateway {} has no channel id", settings.gateway());
      return;
    }
    MDC.put("gateway", settings.gateway().value());
    MDC.put("channel", asked.get().channel().value());
    try {
      serve(asked.get(), new CallerLine(channel, nanoTime));
    } catch (AgiHangupException | AgiNetworkException e) {
      LOG.info("Who was called back hung up");
    } catch (AgiException e) {
      LOG.error("Callback: the gateway refused a command", e);
    } finally {
      MDC.clear();
    }
  }

  private void serve(HotlineRequest asked, CallerLine line) throws AgiException {
    ChannelId channel = asked.channel();
    String queue = asked.dialled();
    CallPlan plan = sources.plan().get();
    // Of who asked for it before calls had one.
    String language = asked.resume().matches("[a-z]{2}") ? asked.resume() : plan.flow().language();
    Optional<Desk> desk =
        plan.desks().stream().filter(known -> known.queue().value().equals(queue)).findFirst();
    line.setVariable("CTI_ACTION", "");
    if (desk.isEmpty()) {
      LOG.warn("A callback for queue '{}', which no desk has", queue);
      return;
    }
    for (int i = 0; i < TRIES; i++) {
      Optional<String> key =
          line.ask(
              language,
              List.of(CallbackPrompt.GREETING.id(), CallbackPrompt.PRESS_ONE.id()),
              KEY_WAIT);
      engine.tell(new FlowInput.KeysPressed(settings.gateway(), channel, NODE, key.orElse("")));
      if (key.filter(YES::equals).isPresent()) {
        new TalkRecording(settings.gateway(), channel, line).decide(desk.get(), language, true);
        goOn(channel, desk.get(), line);
        return;
      }
    }
    LOG.info("Who was called back pressed no key: taken for a mailbox");
  }

  private void goOn(ChannelId channel, Desk desk, CallerLine line) throws AgiException {
    line.setVariable("CTI_TIMEOUT", Long.toString(desk.longestWait().toSeconds()));
    engine.tell(
        new FlowInput.DeskChosen(
            settings.gateway(),
            channel,
            desk.id(),
            desk.queue(),
            "callback",
            "called back in their place"));
    line.setVariable("CTI_ACTION", "queue");
    LOG.info("Called back, to queue {}", desk.queue());
  }
}
