package cti.core.engine;

import cti.core.id.CallId;
import cti.core.id.CallbackId;
import cti.core.id.ChannelId;
import cti.core.id.ListeningId;
import java.util.Optional;

/** Which call an input is about, as far as it says so itself. */
final class InputSubject {
  private final EngineSettings settings;
  private final LiveState state;

  InputSubject(EngineSettings settings, LiveState state) {
    this.settings = settings;
    this.state = state;
  }

  /** The call; empty where it is about none, about many, or about one that nobody knows yet. */
  Optional<CallId> call(EngineInput input) {
    return switch (input) {
      case GatewayInput.ChannelCreated e ->
          Optional.of(new CallId(settings.gateway() + ":" + e.linked()));
      case GatewayInput.CallFound e ->
          Optional.of(new CallId(settings.gateway() + ":" + e.logged().caller()));
      case GatewayInput.ListenerHeard e -> listened(new ListeningId(e.channel().value()));
      case GatewayInput e -> channel(e).flatMap(this::callOf);
      case FlowInput e -> callOf(e.channel());
      case CallCommand e -> e.about();
      case AgentCommand e -> state.agent(e.agent()).flatMap(agent -> agent.call());
      case CallbackCommand.Request e -> callOf(e.channel());
      case CallbackCommand.Cancel e -> calledBack(e.callback());
      case TimerInput.CallbackDue e -> calledBack(e.callback());
      case SupervisorCommand.MoveCaller e -> Optional.of(e.call());
      case SupervisorCommand.Listen e -> state.agent(e.agent()).flatMap(agent -> agent.call());
      case SupervisorCommand.ListenAs e -> listened(e.listening());
      case SupervisorCommand.StopListening e -> listened(e.listening());
      case TimerInput.ListeningDue e -> listened(e.listening());
      case TimerInput.HoldDue e -> state.callOf(e.part()).map(call -> call.id());
      case TimerInput _, CatalogInput _ -> Optional.empty();
    };
  }

  private Optional<CallId> callOf(ChannelId channel) {
    return state.callOf(settings.connection(channel)).map(call -> call.id());
  }

  /** The call in which the callback was asked for. */
  private Optional<CallId> calledBack(CallbackId callback) {
    return state.callbacks().callback(callback).map(found -> found.call());
  }

  private Optional<CallId> listened(ListeningId listening) {
    return state.listenings().listening(listening).map(found -> found.call());
  }

  private static Optional<ChannelId> channel(GatewayInput input) {
    return switch (input) {
      case GatewayInput.ChannelCreated e -> Optional.of(e.channel());
      case GatewayInput.HangupRequested e -> Optional.of(e.channel());
      case GatewayInput.ChannelGone e -> Optional.of(e.channel());
      case GatewayInput.CallerJoined e -> Optional.of(e.channel());
      case GatewayInput.QueueReturned e -> Optional.of(e.channel());
      case GatewayInput.FallbackEntered e -> Optional.of(e.channel());
      case GatewayInput.MemberCalled e -> Optional.of(e.channel());
      case GatewayInput.MemberConnected e -> Optional.of(e.channel());
      case GatewayInput.MemberDidNotAnswer e -> Optional.of(e.channel());
      case GatewayInput.MemberCompleted e -> Optional.of(e.channel());
      case GatewayInput.DialEnded e -> Optional.of(e.leg());
      case GatewayInput.DialStarted e -> Optional.of(e.leg());
      case GatewayInput.ChannelHeld e -> Optional.of(e.channel());
      case GatewayInput.ChannelRetrieved e -> Optional.of(e.channel());
      case GatewayInput.BlindTransferred e -> Optional.of(e.transferer());
      case GatewayInput.AttendedTransferred e -> Optional.of(e.transferer());
      case GatewayInput.BridgeEntered e -> Optional.of(e.channel());
      case GatewayInput.PickedUp e -> Optional.of(e.rang());
      case GatewayInput.PhoneRefused e -> Optional.of(e.channel());
      case GatewayInput.ListenerHeard e -> Optional.of(e.channel());
      case GatewayInput.RecordingReported e -> Optional.of(e.channel());
      case GatewayInput.ActionFailed e -> channel(e.action());
      case GatewayInput.LinkLost _,
          GatewayInput.Snapshot _,
          GatewayInput.Looked _,
          GatewayInput.BridgeGone _,
          GatewayInput.CallFound _ ->
          Optional.empty();
    };
  }

  private static Optional<ChannelId> channel(GatewayAction action) {
    return switch (action) {
      case GatewayAction.HangUp e -> Optional.of(e.channel());
      case GatewayAction.TransferBlind e -> Optional.of(e.channel());
      case GatewayAction.Consult e -> Optional.of(e.channel());
      case GatewayAction.ConsultAgain e -> Optional.of(e.channel());
      case GatewayAction.CancelConsult e -> Optional.of(e.channel());
      case GatewayAction.CompleteTransfer e -> Optional.of(e.channel());
      case GatewayAction.JoinConference e -> Optional.of(e.channel());
      case GatewayAction.Call e -> Optional.of(e.channel());
      case GatewayAction.CallBack e -> Optional.of(e.channel());
      case GatewayAction.Listen e -> Optional.of(e.to());
      case GatewayAction.ListenAs e -> Optional.of(e.channel());
      case GatewayAction.WithdrawCaller _,
          GatewayAction.SetCallerPriority _,
          GatewayAction.AddMember _,
          GatewayAction.RemoveMember _,
          GatewayAction.PauseMember _,
          GatewayAction.SetPenalty _,
          GatewayAction.SetDeviceState _,
          GatewayAction.OfRecording _ ->
          Optional.empty();
    };
  }
}
