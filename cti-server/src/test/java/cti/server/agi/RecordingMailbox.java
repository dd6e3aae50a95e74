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
  private volatile boolean full;

  @Override
  public boolean offer(EngineInput input) {
    return !full && inputs.add(input);
  }

  @Override
  public CompletionStage<Reply> ask(Command command) {
    return CompletableFuture.failedFuture(
        new UnsupportedOperationException("the flow gives no commands"));
  }

  void full(boolean now) {
    full = now;
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
        };
  }
}
