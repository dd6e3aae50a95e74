package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.Connection;
import cti.core.call.ConnectionState;
import cti.core.event.CallEvent.ConnectionCleared;
import cti.core.event.CallEvent.Retrieved;
import cti.core.event.DomainEvent;
import cti.core.id.ChannelId;
import cti.core.id.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds and consultations that agents asked for, and their ways back, while the gateway is still at
 * it. Asterisk holds in two steps, some 60 ms apart: the caller is put on hold, then the agent's
 * channel moves into a bridge with the leg of the silence or of the consultation. Only from there
 * can it be called back (CancelAtxfer; bridge_basic.c, {@code bridge_personality_atxfer_push}). A
 * retrieve that is asked for before that waits for it. Both ways are keys that the gateway presses
 * on the agent's channel, and one of which a machine out of breath may lose: where the caller is on
 * hold and no leg comes, the last key of the way there (the extension; manager.c, {@code
 * action_atxfer}) is pressed again while Asterisk still waits for it, and an agent who is not back
 * is called back again. Known to this run only: after a restart, or when the link was away, what
 * the gateway shows counts.
 */
final class HoldsUnderway {
  /** The gateway takes some 60 ms; after this it is taken as not done. */
  static final Duration LONGEST = Duration.ofSeconds(3);

  /** After this a leg that has not come is taken as a key that was lost. */
  static final Duration KEY_LOST = Duration.ofSeconds(1);

  private final EngineSettings settings;
  private final Map<ConnectionId, Underway> underway = new HashMap<>();

  private enum Stage {
    TO_HOLD,
    /** The same, and the agent wants back already. */
    TO_HOLD_AND_BACK,
    BACK
  }

  /** How often the gateway is asked for the same way back. */
  private static final int MOST_ASKED_BACK = 3;

  /**
   * @param due when it is looked at next
   * @param until when it is given up
   * @param asked how often the gateway was asked for the way back
   */
  private record Underway(Stage stage, Instant due, Instant until, int asked) {
    Underway at(Stage next) {
      return new Underway(next, due, until, asked);
    }

    Underway lookedAtAgain(Instant when) {
      return new Underway(stage, when.isBefore(until) ? when : until, until, asked);
    }
  }

  HoldsUnderway(EngineSettings settings) {
    this.settings = settings;
  }

  /** Whether the agent at {@code part} is being put on hold, and not yet back. */
  boolean toHold(ConnectionId part) {
    Underway one = underway.get(part);
    return one != null && one.stage() != Stage.BACK;
  }

  /** Whether the agent at {@code part} goes back already, or will as soon as it can be. */
  boolean back(ConnectionId part) {
    Underway one = underway.get(part);
    return one != null && one.stage() != Stage.TO_HOLD;
  }

  /** The gateway is asked to put somebody on hold for {@code part}. */
  void asked(ConnectionId part, GatewayAction.Consult action, Turn turn) {
    turn.want(new Effect.Act(action));
    Instant now = turn.now();
    watch(part, new Underway(Stage.TO_HOLD, now.plus(KEY_LOST), now.plus(LONGEST), 0), turn);
  }

  /** The agent at {@code part} wants back: at once, or as soon as the hold is complete. */
  void backFrom(ConnectionId part, Turn turn) {
    Underway one = underway.get(part);
    if (one != null && one.stage() == Stage.TO_HOLD) {
      underway.put(part, one.at(Stage.TO_HOLD_AND_BACK));
      return;
    }
    askBack(part, 1, turn);
  }

  private void askBack(ConnectionId part, int times, Turn turn) {
    turn.want(
        new Effect.Act(
            new GatewayAction.CancelConsult(settings.gateway(), settings.channel(part))));
    Instant until = turn.now().plus(LONGEST);
    watch(part, new Underway(Stage.BACK, until, until, times), turn);
  }

  private void watch(ConnectionId part, Underway one, Turn turn) {
    underway.put(part, one);
    turn.want(new Effect.Arm(new TimerInput.HoldDue(part, one.due()), one.due()));
  }

  /** A channel entered a bridge: the hold is complete where it is the agent's who asked for it. */
  void bridged(Call call, ConnectionId connection, Turn turn) {
    if (!toHold(connection) || !legged(call)) {
      return;
    }
    boolean back = back(connection);
    underway.remove(connection);
    if (back) {
      backFrom(connection, turn);
    }
  }

  /** Whether a leg of the gateway's own keeps an agent of the call who put others on hold. */
  static boolean legged(Call call) {
    return call.connections().values().stream()
        .map(Connection::channelName)
        .anyMatch(name -> Dialplan.holds(name) || Dialplan.consults(name));
  }

  /** The gateway would not, or never said whether it did. */
  void refusedByGateway(GatewayInput.ActionFailed failed) {
    if (!failed.answered()) {
      return;
    }
    switch (failed.action()) {
      case GatewayAction.Consult action -> forget(action.channel());
      case GatewayAction.CancelConsult action -> forget(action.channel());
      default -> {
        // Of no hold.
      }
    }
  }

  private void forget(ChannelId channel) {
    underway.remove(settings.connection(channel));
  }

  /** What was armed for {@code timer} is over, or was to be by now. */
  void due(TimerInput.HoldDue timer, Turn turn) {
    Underway one = underway.get(timer.part());
    if (one == null || !one.due().equals(timer.due())) {
      return;
    }
    if (turn.now().isBefore(one.until())) {
      turn.callOf(timer.part()).ifPresent(call -> pressAgain(call, timer.part(), turn));
      watch(timer.part(), one.lookedAtAgain(turn.now().plus(KEY_LOST)), turn);
      return;
    }
    underway.remove(timer.part());
    String channel = settings.channel(timer.part()).value();
    if (one.stage() == Stage.TO_HOLD_AND_BACK) {
      turn.want(
          new Effect.Warn(
              "gateway did not complete a hold on channel %s within %d s; the retrieve that waited for it is given up"
                  .formatted(channel, LONGEST.toSeconds())));
    } else if (one.stage() == Stage.BACK) {
      boolean again = one.asked() < MOST_ASKED_BACK;
      turn.want(
          new Effect.Warn(
              "gateway did not bring the agent on channel %s back within %d s; %s"
                  .formatted(
                      channel,
                      LONGEST.toSeconds(),
                      again ? "asked again" : "given up after " + one.asked() + " times")));
      if (again) {
        askBack(timer.part(), one.asked() + 1, turn);
      }
    }
  }

  /** The caller is on hold, and nothing leads to whom the agent asks, or to the silence. */
  private void pressAgain(Call call, ConnectionId part, Turn turn) {
    boolean held =
        call.part(part).filter(agent -> agent.state() == ConnectionState.HELD).isPresent();
    if (held && !legged(call)) {
      ChannelId channel = settings.channel(part);
      turn.want(
          new Effect.Act(
              new GatewayAction.ConsultAgain(settings.gateway(), channel, Dialplan.HERE)));
      turn.want(
          new Effect.Warn(
              "gateway has channel %s on hold without a leg after %d s; its key is pressed again"
                  .formatted(channel.value(), KEY_LOST.toSeconds())));
    }
  }

  /** What happened ends what was underway: the agent is back, or has left. */
  void follow(Turn turn) {
    if (underway.isEmpty()) {
      return;
    }
    for (DomainEvent event : turn.happened()) {
      switch (event) {
        case Retrieved e -> underway.remove(e.connection());
        case ConnectionCleared e -> underway.remove(e.connection());
        default -> {
          // Leaves everybody where they are.
        }
      }
    }
  }

  /** The link is away or was: nobody tells how it went on. */
  void forget() {
    underway.clear();
  }
}
