package cti.server.agi;

import cti.core.engine.FlowInput;
import cti.core.id.ChannelId;
import cti.core.ivr.CallPlan;
import cti.core.ivr.StudioPrompt;
import cti.core.port.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
 * The script {@code prompts}: an administrator listens to prompts and records them at a phone,
 * {@code AGI(agi://host/prompts)}.
 */
final class PromptScript implements AgiScript {
  private static final Logger LOG = LoggerFactory.getLogger(PromptScript.class);

  /** What stands on record for the place at which the call ended. */
  private static final String NODE = "feature-code";

  /** Each compares PINs, which takes memory on purpose. */
  private static final int AT_ONCE = 4;

  private final AgiSettings settings;
  private final PromptStudio studio;
  private final Supplier<CallPlan> plan;
  private final EngineReports engine;
  private final LongSupplier nanoTime;
  private final Semaphore room = new Semaphore(AT_ONCE);

  PromptScript(
      AgiSettings settings,
      PromptStudio studio,
      Supplier<CallPlan> plan,
      EngineReports engine,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.studio = studio;
    this.plan = plan;
    this.engine = engine;
    this.nanoTime = nanoTime;
  }

  @Override
  public void service(AgiRequest request, AgiChannel channel) {
    String caller = request.getCallerIdNumber() == null ? "" : request.getCallerIdNumber();
    MDC.put("gateway", settings.gateway().value());
    MDC.put("extension", caller);
    CallerLine line = new CallerLine(channel, nanoTime);
    String language = plan.get().flow().language();
    try {
      line.answer();
      StudioPrompt last = StudioPrompt.AWAY;
      if (room.tryAcquire()) {
        try {
          last = call(line, language, caller, request.getUniqueId());
        } finally {
          room.release();
        }
      } else {
        LOG.warn("{} administrators record prompts, the most there may be", AT_ONCE);
      }
      LOG.info("Prompts by phone: {}", last);
      line.play(language, List.of(last.id()));
      over(request.getUniqueId());
    } catch (AgiHangupException | AgiNetworkException e) {
      LOG.info("Prompts by phone: hung up");
    } catch (AgiException e) {
      LOG.error("Prompts by phone: the gateway refused a command", e);
    } finally {
      MDC.clear();
    }
  }

  private StudioPrompt call(CallerLine line, String language, String caller, String channel)
      throws AgiException {
    PromptTakes takes = new PromptTakes(studio.takes(), line, channel == null ? "" : channel);
    try {
      return new PromptCall(studio, line, takes, language, caller).run();
    } catch (StoreUnavailableException e) {
      LOG.warn("Prompts by phone: the database is away: {}", e.getMessage());
      return StudioPrompt.AWAY;
    } finally {
      takes.drop();
    }
  }

  /** The call on record ended here, not because the caller left. */
  private void over(String channel) {
    if (channel != null && !channel.isBlank() && channel.length() <= ChannelId.LONGEST) {
      engine.tell(new FlowInput.FlowOver(settings.gateway(), new ChannelId(channel), NODE));
    }
  }
}
