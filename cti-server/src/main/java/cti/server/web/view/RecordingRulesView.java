package cti.server.web.view;

import cti.core.recording.RecordingRules;
import cti.server.web.http.Words;

/** How a desk records; {@code policy} is none, all, share or announced. */
public record RecordingRulesView(
    String policy,
    int sharePercent,
    String announcement,
    boolean agentMayStart,
    boolean agentMayPause,
    boolean agentMayListen,
    int retentionDays) {
  public static RecordingRulesView of(RecordingRules rules) {
    return new RecordingRulesView(
        Words.of(rules.policy()),
        rules.sharePercent(),
        rules.announcement(),
        rules.agentMayStart(),
        rules.agentMayPause(),
        rules.agentMayListen(),
        rules.retentionDays());
  }
}
