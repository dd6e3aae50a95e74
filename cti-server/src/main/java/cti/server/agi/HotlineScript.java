package cti.server.agi;

import cti.core.ivr.CallPlan;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
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
 * The script {@code hotline}. Whatever goes wrong, it returns without CTI_ACTION, and the
 * dialplan's static queue takes the call.
 */
final class HotlineScript implements AgiScript {
  private static final Logger LOG = LoggerFactory.getLogger(HotlineScript.class);
  private static final List<String> OVERLOAD_PROMPT = List.of(CallPlan.OVERLOAD_PROMPT);

  private final AgiSettings settings;
  private final FlowSources sources;
  private final EngineReports engine;
  private final AgiCounters counters;
  private final LongSupplier nanoTime;
  private final Semaphore room;

  HotlineScript(
      AgiSettings settings,
      FlowSources sources,
      EngineReports engine,
      AgiCounters counters,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.sources = sources;
    this.engine = engine;
    this.counters = counters;
    this.nanoTime = nanoTime;
    this.room = new Semaphore(settings.mostSessions());
  }

  @Override
  public void service(AgiRequest agiRequest, AgiChannel channel) {
    Optional<HotlineRequest> request = HotlineRequest.of(agiRequest);
    if (request.isEmpty()) {
      LOG.warn("A request for the hotline of gateway {} has no channel id", settings.gateway());
      return;
    }
    MDC.put("gateway", settings.gateway().value());
    MDC.put("channel", request.get().channel().value());
    try {
      serve(request.get(), new CallerLine(channel, nanoTime));
    } catch (AgiHangupException | AgiNetworkException e) {
      LOG.info("Caller gone");
    } catch (AgiException e) {
      counters.fellBack.increment();
      LOG.error("The gateway refused a command, the call is left to the static queue", e);
    } catch (RuntimeException e) {
      counters.fellBack.increment();
      LOG.error("The flow broke, the call is left to the static queue", e);
    } finally {
      MDC.clear();
    }
  }

  private void serve(HotlineRequest request, CallerLine line) throws AgiException {
    if (!room.tryAcquire()) {
      overload(line);
      return;
    }
    counters.calls.increment();
    counters.sessions.incrementAndGet();
    try {
      new HotlineCall(
              request,
              new FlowHands(
                  settings.gateway(), request.channel(), line, engine, counters, sources.around()))
          .run(sources);
    } finally {
      counters.sessions.decrementAndGet();
      room.release();
    }
  }

  private void overload(CallerLine line) throws AgiException {
    counters.overloaded.increment();
    LOG.warn(
        "{} calls are in the flow, the most there may be: left to the static queue",
        settings.mostSessions());
    line.setVariable("CTI_ACTION", "");
    line.answer();
    line.play(sources.plan().get().flow().language(), OVERLOAD_PROMPT);
  }
}
