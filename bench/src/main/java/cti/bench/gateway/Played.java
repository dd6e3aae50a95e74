package cti.bench.gateway;

import java.util.Map;

/**
 * What a gateway has done so far.
 *
 * @param begun calls whose first event was sent
 * @param ended calls whose last event was sent, by the outcome that their record must have
 * @param fellBack calls that the server did not send to a queue, for whatever reason
 * @param inProgress begun and not ended
 * @param waiting callers for whom no member was free
 * @param members of all queues
 * @param events sent, answers to actions not counted
 * @param bytes of them
 * @param actions that the server asked for
 * @param pendingBytes sent and not taken by the server's socket
 * @param mostPendingBytes the most of those
 * @param connectedMicros when the last manager connection came, in microseconds since 1970
 * @param complaints what went wrong first; empty while nothing did
 */
public record Played(
    long begun,
    Map<String, Long> ended,
    long fellBack,
    int inProgress,
    int waiting,
    int members,
    long events,
    long bytes,
    long actions,
    long pendingBytes,
    long mostPendingBytes,
    long connectedMicros,
    String complaints) {}
