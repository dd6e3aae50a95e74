package cti.server.web.resource;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.port.CallHistory.CallRow;
import cti.core.port.Page;
import cti.server.web.http.Answer;
import cti.server.web.http.Words;
import cti.server.web.view.CallerView;
import cti.server.web.view.Views;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Calls on record as CSV; times in UTC, lengths in seconds. */
final class CallTable {
  private static final String BETWEEN = "; ";
  private static final List<String> NAMES =
      List.of(
          "id",
          "direction",
          "startedAt",
          "endedAt",
          "callingNumber",
          "dialledNumber",
          "callers",
          "departments",
          "desk",
          "deskName",
          "agent",
          "agentName",
          "outcome",
          "clearedBy",
          "quality",
          "missed",
          "waitedSeconds",
          "talkedSeconds");

  private final Views views;

  CallTable(Views views) {
    this.views = views;
  }

  Answer answer(TableAnswer.Pages<CallRow> pages, Optional<Page.Key> after, int limit) {
    return TableAnswer.of("calls.csv", NAMES, pages, this::row, after, limit);
  }

  private List<String> row(CallRow one) {
    List<CallerView> callers = views.callers(one.matches());
    return List.of(
        one.id().value(),
        Words.of(one.direction()),
        one.startedAt().toString(),
        one.endedAt().map(Instant::toString).orElse(""),
        one.callingNumber(),
        one.dialledNumber(),
        callers.stream()
            .map(caller -> (caller.name() + " " + caller.staff()).strip())
            .collect(Collectors.joining(BETWEEN)),
        callers.stream().map(CallerView::department).collect(Collectors.joining(BETWEEN)),
        one.desk().map(DeskId::value).orElse(""),
        views.deskName(one.desk()).orElse(""),
        one.agent().map(AgentId::value).orElse(""),
        one.agent().map(views::agentName).orElse(""),
        one.outcome().map(Words::of).orElse(""),
        Words.of(one.clearedBy()),
        Words.of(one.quality()),
        Boolean.toString(one.missed()),
        Long.toString(one.waited().toSeconds()),
        Long.toString(one.talked().toSeconds()));
  }
}
