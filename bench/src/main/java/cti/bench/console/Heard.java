package cti.bench.console;

import java.util.Map;

/**
 * What consoles were told so far.
 *
 * @param open streams that are open
 * @param live streams that had their snapshot
 * @param closed streams that the server or the network ended
 * @param frames of all streams
 * @param bytes of them
 * @param callsEnded frames with the end of a call, by how many streams had so many: a stream that
 *     missed an end shows as a smaller number
 * @param lastRecords the last record that was told, by how many streams stand there
 * @param gaps frames that did not follow on what their stream was told before
 * @param pops first revisions of pops
 * @param popMicros how long after the gateway's time stamp they came, in microseconds: count, p50,
 *     p99, max
 * @param changeMicros how long after they were asked for changes of agents came, as popMicros
 * @param changes of agents that were told, by how many streams were told so many
 * @param gatewayLive how often streams were told that a link is live
 * @param gatewayLiveMicros when the last one was, in microseconds since 1970
 * @param closeCodes of the streams that ended
 */
public record Heard(
    int open,
    int live,
    int closed,
    long frames,
    long bytes,
    Map<Long, Integer> callsEnded,
    Map<Long, Integer> lastRecords,
    long gaps,
    long pops,
    Map<String, Long> popMicros,
    Map<String, Long> changeMicros,
    Map<Long, Integer> changes,
    long gatewayLive,
    long gatewayLiveMicros,
    Map<Integer, Integer> closeCodes) {}
