package cti.server.agi;

import cti.core.engine.FlowInput;
import cti.core.id.ChannelId;
import cti.core.ivr.CallPlan;
import cti.core.ivr.PhonePrompt;
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
 * The script {@code agent}: feature codes that agents dial on desk phones, {@code
 * AGI(agi://host/agent,<code>,<key>)}. Whatever comes of it is spoken; then the dialplan hangs up.
 */
final class AgentPhoneScript implements AgiScript {
  private static final Logger LOG = LoggerFactory.getLogger(AgentPhoneScript.class);

  /** What stands on record for the place at which the call ended. */
  private static final String NODE = "feature-code";

  private final AgiSettings settings;
  private final PhoneDesk desk;
  private final Supplier<CallPlan> plan;
  private final EngineReports engine;
  private final LongSupplier nanoTime;
  private final Semaphore room;

  AgentPhoneScript(
      AgiSettings settings,
      PhoneDesk desk,
      Supplier<CallPlan> plan,
      EngineReports engine,
      LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.settings = settings;
    this.desk = desk;
    this.plan = plan;
    this.engine = engine;
    this.room = new Semaphore(settings.mostSessions());
  }

  @Override
  public void service(AgiRequest request, AgiChannel channel) {
    String caller = request.getCallerIdNumber() == null ? "" : request.getCallerIdNumber();
    String code = argument(request, 0);
    MDC.put("gateway", settings.gateway().value());
    MDC.put("extension", caller);
    CallerLine line = new CallerLine(channel, nanoTime);
    String language = plan.get().flow().language();
    try {
      line.answer();
      if (!room.tryAcquire()) {
        LOG.warn("{} phones use feature codes, the most there may be", settings.mostSessions());
        line.play(language, List.of(PhonePrompt.AWAY.id()));
        return;
      }
      try {
        PhonePrompt last =
            new AgentPhoneCall(desk, line, language, caller).run(code, argument(request, 1));
        LOG.info("Feature code {}: {}", code, last);
        line.play(language, List.of(last.id()));
        over(request);
      } finally {
        room.release();
      }
    } catch (AgiHangupException | AgiNetworkException e) {
      LOG.info("Feature code {}: hung up", code);
    } catch (AgiException e) {
      LOG.error("Feature code {}: the gateway refused a command", code, e);
    } finally {
      MDC.clear();
    }
  }

  /** The call on record ended here, not because the caller left. */
  private void over(AgiRequest request) {
    String channel = request.getUniqueId();
    if (channel != null && !channel.isBlank() && channel.length() <= ChannelId.LONGEST) {
      engine.tell(new FlowInput.FlowOver(settings.gateway(), new ChannelId(channel), NODE));
    }
  }

  private static String argument(AgiRequest request, int index) {
    String[] arguments = request.getArguments();
    return index < arguments.length && arguments[index] != null ? arguments[index] : "";
  }
}
