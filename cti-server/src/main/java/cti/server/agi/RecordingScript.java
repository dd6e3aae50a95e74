package cti.server.agi;

import cti.core.desk.Desk;
import cti.core.id.ChannelId;
import cti.core.ivr.CallPlan;
import java.util.Optional;
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
 * The script {@code recording}: {@code AGI(agi://host/recording,<queue>,<yes in a consultation>)},
 * asked for a caller who was transferred to a desk. Whatever goes wrong, nothing is recorded and
 * the dialplan goes on.
 */
final class RecordingScript implements AgiScript {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingScript.class);

  private final AgiSettings settings;
  private final Supplier<CallPlan> plan;
  private final LongSupplier nanoTime;

  RecordingScript(AgiSettings settings, Supplier<CallPlan> plan, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.settings = settings;
    this.plan = plan;
  }

  @Override
  public void service(AgiRequest request, AgiChannel channel) {
    String id = request.getUniqueId();
    if (id == null || id.isBlank() || id.length() > 128) {
      LOG.warn("A request for a recording of gateway {} has no channel id", settings.gateway());
      return;
    }
    MDC.put("gateway", settings.gateway().value());
    MDC.put("channel", id);
    try {
      decide(request, new ChannelId(id), new CallerLine(channel, nanoTime));
    } catch (AgiHangupException | AgiNetworkException e) {
      LOG.info("Caller gone");
    } catch (AgiException e) {
      LOG.error("The gateway refused a command, the talk is not recorded", e);
    } finally {
      MDC.clear();
    }
  }

  private void decide(AgiRequest request, ChannelId channel, CallerLine line) throws AgiException {
    String queue = argument(request, 1);
    CallPlan now = plan.get();
    Optional<Desk> desk =
        now.desks().stream().filter(one -> one.queue().value().equals(queue)).findFirst();
    if (desk.isEmpty()) {
      LOG.warn("No desk has the queue '{}': nothing is recorded there", queue);
      return;
    }
    boolean caller = !argument(request, 2).equals("yes");
    new TalkRecording(settings.gateway(), channel, line)
        .decide(desk.get(), now.flow().language(), caller);
  }

  private static String argument(AgiRequest request, int number) {
    String value = request.getRequest().get("arg_" + number);
    return value == null ? "" : value;
  }
}
