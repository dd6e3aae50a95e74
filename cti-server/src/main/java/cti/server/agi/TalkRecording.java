package cti.server.agi;

import cti.core.desk.Desk;
import cti.core.id.CallId;
import cti.core.id.ChannelId;
import cti.core.id.GatewayId;
import cti.core.recording.RecordingDecision;
import cti.core.recording.RecordingPolicy;
import cti.core.recording.RecordingRules;
import java.util.List;
import java.util.Optional;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiHangupException;
import org.asteriskjava.fastagi.AgiNetworkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the dialplan how a desk records the talk that a caller is on the way to. The dialplan must
 * have emptied both variables before. A caller who was not told is not recorded. What is told stays
 * with the caller, wherever they are handed on to: channels that are dialled for them inherit it.
 */
final class TalkRecording {
  private static final Logger LOG = LoggerFactory.getLogger(TalkRecording.class);

  private final GatewayId gateway;
  private final ChannelId channel;
  private final CallerLine line;

  TalkRecording(GatewayId gateway, ChannelId channel, CallerLine line) {
    this.gateway = gateway;
    this.channel = channel;
    this.line = line;
  }

  /**
   * Decides by the desk's rules, and plays the announcement where they want one.
   *
   * @param caller who would hear it: false where an agent consults the desk meanwhile
   * @throws AgiHangupException where the caller is gone
   */
  void decide(Desk desk, String language, boolean caller) throws AgiException {
    if (desk.recording().equals(RecordingRules.NONE)) {
      return;
    }
    RecordingDecision decision =
        RecordingDecision.of(desk.recording(), new CallId(gateway + ":" + firstChannel(desk)));
    Optional<String> announcement = decision.announcement();
    if (announcement.isPresent() && !(caller && told(desk, language, announcement.get()))) {
      return;
    }
    if (decision.fromTheBegin()) {
      line.setVariable("__CTI_RECORDING", "talk");
    }
    if (decision.agentMayStart()) {
      line.setVariable("__CTI_RECORDING_AGENT", "yes");
    }
  }

  private boolean told(Desk desk, String language, String prompt) throws AgiException {
    try {
      line.answer();
      line.play(language, List.of(prompt));
      return true;
    } catch (AgiHangupException | AgiNetworkException e) {
      throw e;
    } catch (AgiException e) {
      LOG.error("Nothing is recorded at desk {}: {}", desk.id(), e.getMessage());
      return false;
    }
  }

  /** That of the call's id; after a transfer this channel may be another. Asked where it counts. */
  private String firstChannel(Desk desk) throws AgiException {
    if (desk.recording().policy() != RecordingPolicy.SHARE) {
      return channel.value();
    }
    return line.variable("CHANNEL(linkedid)").orElse(channel.value());
  }
}
