package cti.server.web.view;

import cti.core.desk.Desk;

/** A desk and its queue; times in seconds. */
public record DeskView(
    String id,
    String name,
    String site,
    String siteName,
    String businessLine,
    String queue,
    long wrapUpSeconds,
    long longestWaitSeconds) {
  static DeskView of(Desk desk, String siteName) {
    return new DeskView(
        desk.id().value(),
        desk.name(),
        desk.site().value(),
        siteName,
        desk.businessLine(),
        desk.queue().value(),
        desk.wrapUp().toSeconds(),
        desk.longestWait().toSeconds());
  }
}
