package cti.server.ami;

import cti.core.engine.Dialplan;
import cti.core.engine.GatewayAction;
import cti.core.id.ChannelId;
import cti.core.supervision.ListeningMode;
import cti.server.ami.AmiActions.DialplanPlace;
import cti.server.ami.AmiActions.Origination;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Carries out what agents do in calls. Transfers with enquiry are Asterisk's own, begun and ended
 * by the codes of features_cti.conf, which are pressed in the agent's place: so queue_log, call
 * detail records and events are as if the agent had pressed them. A channel's id does for its name.
 */
final class CallActions {
  private static final Duration KEY = Duration.ofMillis(80);
  private static final Duration RINGING = Duration.ofSeconds(30);

  /** ITU-T Q.850. */
  private static final int NORMAL_CLEARING = 16;

  private static final String HERE = "s";
  private static final String COMPLETE = "*2";
  private static final String THREE_WAY = "*3";

  private final AmiLink link;
  private final List<String> codecs;

  CallActions(AmiLink link, List<String> codecs) {
    this.link = link;
    this.codecs = codecs;
  }

  CompletableFuture<AmiReply> perform(GatewayAction.OfCall action) {
    return switch (action) {
      case GatewayAction.TransferBlind a ->
          link.send(
              AmiActions.blindTransfer(a.channel().value(), place(a.context(), a.extension())));
      case GatewayAction.Consult a -> consult(a);
      case GatewayAction.ConsultAgain a -> press(a.channel(), a.extension());
      case GatewayAction.CancelConsult a ->
          link.send(AmiAction.of("CancelAtxfer").with("Channel", a.channel().value()));
      case GatewayAction.CompleteTransfer a -> press(a.channel(), COMPLETE);
      case GatewayAction.JoinConference a -> press(a.channel(), THREE_WAY);
      case GatewayAction.Call a ->
          link.send(
              AmiActions.originate(
                  new Origination(
                      a.dialled(),
                      Optional.of(a.channel().value()),
                      codecs,
                      place(a.context(), a.extension()),
                      Optional.of(a.shown()).filter(number -> !number.isEmpty()),
                      RINGING,
                      Map.of())));
      case GatewayAction.CallBack a ->
          link.send(
              AmiActions.originate(
                  new Origination(
                      Dialplan.callbackChannel(a.number()),
                      Optional.of(a.channel().value()),
                      codecs,
                      place(Dialplan.CALLED_BACK, HERE),
                      Optional.empty(),
                      a.ring(),
                      Map.of(
                          "CTI_CALLBACK", a.callback().value(),
                          "CTI_QUEUE", a.queue().value(),
                          "CTI_PRIORITY", Integer.toString(a.priority()),
                          "CTI_LANGUAGE", a.language().orElse("")))));
      case GatewayAction.Listen a ->
          link.send(
              AmiActions.originate(
                  new Origination(
                      a.dialled(),
                      Optional.of(a.channel().value()),
                      codecs,
                      place(Dialplan.LISTENING, word(a.mode())),
                      Optional.of(a.shown()).filter(number -> !number.isEmpty()),
                      RINGING,
                      Map.of("CTI_LISTEN_TO", a.to().value()))));
      case GatewayAction.ListenAs a ->
          link.send(
              AmiActions.redirect(a.channel().value(), place(Dialplan.LISTENING, word(a.mode()))));
      case GatewayAction.WithdrawCaller a ->
          link.send(AmiActions.withdrawCaller(a.queue().value(), a.channelName(), a.place()));
      case GatewayAction.SetCallerPriority a ->
          link.send(AmiActions.callerPriority(a.queue().value(), a.channelName(), a.priority()));
      case GatewayAction.HangUp a ->
          link.send(AmiActions.hangup(a.channel().value(), NORMAL_CLEARING));
    };
  }

  private CompletableFuture<AmiReply> consult(GatewayAction.Consult action) {
    String channel = action.channel().value();
    AmiAction begin =
        AmiActions.attendedTransfer(channel, place(action.context(), action.extension()));
    if (action.target().isEmpty()) {
      return link.send(begin);
    }
    return link.send(AmiActions.setVariable(channel, "__CTI_TARGET", action.target()))
        .thenCompose(
            reply -> reply.success() ? link.send(begin) : CompletableFuture.completedFuture(reply));
  }

  private CompletableFuture<AmiReply> press(ChannelId channel, String keys) {
    CompletableFuture<AmiReply> pressed = null;
    for (char key : keys.toCharArray()) {
      AmiAction one = AmiActions.receiveKey(channel.value(), key, KEY);
      pressed =
          pressed == null
              ? link.send(one)
              : pressed.thenCompose(
                  reply ->
                      reply.success() ? link.send(one) : CompletableFuture.completedFuture(reply));
    }
    return pressed;
  }

  /** The extension of [cti-listening]. */
  private static String word(ListeningMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private static DialplanPlace place(String context, String extension) {
    return new DialplanPlace(context, extension, 1);
  }
}
