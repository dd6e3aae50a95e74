package cti.server.ami;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What went through a link since it was made, over all its connections. Written on the link's event
 * loop alone, read from anywhere.
 */
public final class AmiCounters {
  final Count bytesRead = new Count();
  final Count events = new Count();
  final Count responses = new Count();
  final Count unknownMessages = new Count();
  final Count eventsBeforeUp = new Count();
  final Count listEvents = new Count();
  final Count unmatchedResponses = new Count();
  final Count lateAnswers = new Count();
  final Count actionsSent = new Count();
  final Count actionsTimedOut = new Count();
  final Count actionsLost = new Count();
  final Count pingsSent = new Count();
  final Count pingsLost = new Count();
  final Count connections = new Count();
  final Count losses = new Count();
  final Count listenerFailures = new Count();
  final AtomicLong actionsRefused = new AtomicLong();

  /** Bytes read from the gateway, after decryption. */
  public long bytesRead() {
    return bytesRead.value();
  }

  /** Events read, those of list answers included. */
  public long events() {
    return events.value();
  }

  public long responses() {
    return responses.value();
  }

  /** Messages that were neither event nor response, and were left out. */
  public long unknownMessages() {
    return unknownMessages.value();
  }

  /** Events of a gateway that was still booting: not handed on, the snapshot covers them. */
  public long eventsBeforeUp() {
    return eventsBeforeUp.value();
  }

  /** Events that became part of a list answer. */
  public long listEvents() {
    return listEvents.value();
  }

  /** Responses to no action of ours. */
  public long unmatchedResponses() {
    return unmatchedResponses.value();
  }

  /** Responses and list events that came after their action's time limit, and were dropped. */
  public long lateAnswers() {
    return lateAnswers.value();
  }

  public long actionsSent() {
    return actionsSent.value();
  }

  public long actionsTimedOut() {
    return actionsTimedOut.value();
  }

  /** Actions that were waiting for their answer when the link was lost. */
  public long actionsLost() {
    return actionsLost.value();
  }

  /** Actions not sent: too many in flight, or no link. */
  public long actionsRefused() {
    return actionsRefused.get();
  }

  public long pingsSent() {
    return pingsSent.value();
  }

  /** Pings without any sign of life until the next one was due. */
  public long pingsLost() {
    return pingsLost.value();
  }

  /** Times that the link came up. */
  public long connections() {
    return connections.value();
  }

  /** Attempts and connections that ended, whatever the reason. */
  public long losses() {
    return losses.value();
  }

  /** Exceptions of the listener: defects of the product, logged as errors. */
  public long listenerFailures() {
    return listenerFailures.value();
  }

  /** A counter with one writer: no read-modify-write instruction on the hot path. */
  static final class Count {
    private final AtomicLong value = new AtomicLong();

    void add(long amount) {
      value.setOpaque(value.getPlain() + amount);
    }

    void increment() {
      add(1);
    }

    long value() {
      return value.getOpaque();
    }
  }
}
