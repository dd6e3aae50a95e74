package cti.server.web.resource;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.missed.Closing;
import cti.core.missed.MissedCase;
import cti.core.port.MissedCases;
import cti.core.port.MissedCases.CaseFilter;
import cti.core.port.Page;
import cti.server.web.http.Answer;
import cti.server.web.http.Words;
import cti.server.web.view.CallerView;
import cti.server.web.view.Views;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Missed cases as CSV, for a spreadsheet: the whole list, not a page of it. */
final class MissedCaseTable {
  private static final String BETWEEN = "; ";
  private static final List<String> NAMES =
      List.of(
          "id",
          "state",
          "desk",
          "deskName",
          "queue",
          "openedAt",
          "lastMissedAt",
          "calls",
          "numbers",
          "callers",
          "departments",
          "closedAt",
          "closedByCall",
          "closedByAgent",
          "closedByUser",
          "reason");

  private final MissedCases cases;
  private final Views views;

  MissedCaseTable(MissedCases cases, Views views) {
    this.cases = cases;
    this.views = views;
  }

  /**
   * The table; where there is more, the header Cti-Next holds the value of {@code after} for it.
   */
  Answer answer(CaseFilter filter, Optional<Page.Key> after, int limit) {
    return TableAnswer.of(
        "missed-cases.csv",
        NAMES,
        (place, most) -> cases.list(filter, place, most),
        this::row,
        after,
        limit);
  }

  private List<String> row(MissedCase one) {
    List<CallerView> callers = views.callers(one.people());
    Optional<Closing.ByTalk> talk =
        one.closing().filter(Closing.ByTalk.class::isInstance).map(Closing.ByTalk.class::cast);
    Optional<Closing.ByHand> hand =
        one.closing().filter(Closing.ByHand.class::isInstance).map(Closing.ByHand.class::cast);
    return List.of(
        one.id().value(),
        Words.of(one.state()),
        one.desk().map(DeskId::value).orElse(""),
        views.deskName(one.desk()).orElse(""),
        one.queue().value(),
        one.openedAt().toString(),
        one.lastMissedAt().toString(),
        Integer.toString(one.calls().size()),
        String.join(BETWEEN, one.numbers()),
        callers.stream()
            .map(caller -> (caller.name() + " " + caller.staff()).strip())
            .collect(Collectors.joining(BETWEEN)),
        callers.stream().map(CallerView::department).collect(Collectors.joining(BETWEEN)),
        one.closing().map(closing -> closing.at().toString()).orElse(""),
        talk.map(by -> by.call().value()).orElse(""),
        talk.flatMap(Closing.ByTalk::agent).map(AgentId::value).orElse(""),
        hand.map(Closing.ByHand::by).orElse(""),
        hand.map(Closing.ByHand::reason).orElse(""));
  }
}
