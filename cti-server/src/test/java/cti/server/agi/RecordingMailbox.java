package cti.server.agi;

import cti.core.engine.Command;
import cti.core.engine.EngineInput;
import cti.core.engine.FlowInput;
import cti.core.engine.Reply;
import cti.core.port.Mailbox;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mailbox that keeps what it is given, or is full. */
final class RecordingMailbox implements Mailbox {
  private final List<EngineInput> inputs = new CopyOnWriteArrayList<>();
  private final List<Command> commands = new CopyOnWriteArrayList<>();
  private volatile boolean full;
  private volatile Reply reply = new Reply.Accepted();

  @Override
  public boolean offer(EngineInput input) {
    return !full && inputs.add(input);
  }

  @Override
  public CompletionStage<Reply> ask(Command command) {
    commands.add(command);
    return CompletableFuture.completedFuture(reply);
  }

  /** What commands are answered with from now on. */
  void replies(Reply next) {
    reply = next;
  }

  List<Command> commands() {
    return List.copyOf(commands);
  }

  void full(boolean now) {
    full = now;
  }

  /** What the rules said, in order. */
  List<FlowInput.DeskChosen> desksChosen() {
    return inputs.stream()
        .filter(FlowInput.DeskChosen.class::isInstance)
        .map(FlowInput.DeskChosen.class::cast)
        .toList();
  }

  /** The reports in a few words each. */
  List<String> reports() {
    return inputs.stream().map(input -> words((FlowInput) input)).toList();
  }

  private static String words(FlowInput input) {
    String where = input.gateway() + " " + input.channel() + " ";
    return where
        + switch (input) {
          case FlowInput.CallerLookedUp caller ->
              "caller " + caller.number() + " is " + caller.matches();
          case FlowInput.KeysPressed keys -> keys.node() + " got '" + keys.digits() + "'";
          case FlowInput.DeskChosen desk ->
              "desk " + desk.desk() + " queue " + desk.queue() + " by " + desk.rule();
          case FlowInput.FlowOver over -> "over at " + over.node();
          case FlowInput.CallerNamed named -> "named " + named.staff();
          case FlowInput.SurveyGiven survey -> survey.node() + " mark " + survey.mark();
          case FlowInput.Affected affected -> "affected by " + affected.notice();
          case FlowInput.MessageBegins message ->
              "message for " + message.desk() + " into " + message.file();
        };
  }
}
