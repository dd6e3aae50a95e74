package cti.server.web.resource;

import cti.core.event.RouteDetails;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.port.Routing;
import cti.core.port.VersionedTexts;
import cti.core.port.WhatIf;
import cti.server.routing.CodedFault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the resources of routing answer. */
final class RoutingViews {
  private RoutingViews() {}

  /** A version without its text. */
  record VersionView(
      int version,
      String checksum,
      String author,
      String comment,
      Instant publishedAt,
      Instant activeFrom,
      boolean inForce,
      Optional<Integer> basedOn,
      Optional<Integer> restores,
      Optional<Instant> withdrawnAt) {
    static VersionView of(VersionedTexts.Version version, int inForce) {
      return new VersionView(
          version.number(),
          version.checksum(),
          version.author(),
          version.comment(),
          version.publishedAt(),
          version.activeFrom(),
          version.number() == inForce,
          version.basedOn(),
          version.restores(),
          version.withdrawnAt());
    }
  }

  record VersionsView(int inForce, List<VersionView> items) {}

  record VersionTextView(VersionView version, String yaml) {}

  /** A draft without its text. */
  record DraftView(String name, int basedOn, String author, Instant changedAt, int revision) {
    static DraftView of(VersionedTexts.Draft draft) {
      return new DraftView(
          draft.name(), draft.basedOn(), draft.author(), draft.changedAt(), draft.revision());
    }
  }

  record DraftsView(List<DraftView> items) {}

  record DraftTextView(DraftView draft, String yaml) {}

  record SavedDraftView(
      DraftView draft, List<String> faults, List<String> warnings, List<SaidView> said) {}

  record PublishedView(VersionView version, List<String> warnings) {}

  record RuleCheckView(List<String> faults, List<String> warnings, List<SaidView> said) {}

  /** A fault or warning by its code, for pages that say it in other words. */
  record SaidView(String text, String place, Optional<String> code, List<String> values) {
    static SaidView of(String text) {
      CodedFault coded = CodedFault.of(text);
      return new SaidView(text, coded.place(), coded.code(), coded.values());
    }

    /** Of faults and warnings, each once. */
    static List<SaidView> of(List<String> faults, List<String> warnings) {
      return Stream.concat(faults.stream(), warnings.stream())
          .distinct()
          .map(SaidView::of)
          .toList();
    }
  }

  record DiffView(String from, String to, String text) {}

  /** A rule that did not win, and why. */
  record PassedOverView(String rule, String why, boolean known) {}

  /** Why a call was, or would be, routed. */
  record RouteDetailsView(
      int version,
      Instant at,
      String dialled,
      List<String> matches,
      Optional<String> choice,
      String keys,
      Optional<String> rule,
      String reason,
      List<PassedOverView> passedOver,
      List<String> calendars,
      List<String> targets,
      int tried,
      List<String> skipped) {
    static RouteDetailsView of(RouteDetails details) {
      return new RouteDetailsView(
          details.version(),
          details.at(),
          details.dialled(),
          details.matches().stream().map(StaffId::value).toList(),
          details.choice(),
          details.keys(),
          details.rule(),
          details.reason(),
          details.passedOver().stream()
              .map(rule -> new PassedOverView(rule.rule(), rule.why(), rule.known()))
              .toList(),
          details.calendars(),
          details.targets(),
          details.tried(),
          details.skipped());
    }
  }

  record CallRoutingView(List<RouteDetailsView> items) {}

  record RoutedPersonView(String id, String name, String department, String site, boolean vip) {}

  /** What would become of a call. */
  record ExplainedView(
      Optional<String> desk,
      String line,
      RouteDetailsView details,
      List<RoutedPersonView> people,
      List<String> way) {
    static ExplainedView of(Routing.Explained.Done done) {
      return new ExplainedView(
          done.desk().map(DeskId::value),
          done.line(),
          RouteDetailsView.of(done.details()),
          done.people().stream()
              .map(
                  person ->
                      new RoutedPersonView(
                          person.id().value(),
                          person.name(),
                          person.department(),
                          person.site(),
                          person.vip()))
              .toList(),
          done.way());
    }
  }

  record DeskHoursView(String desk, boolean open, String why) {}

  record OnDutyView(String id, String name, Optional<String> mobile, Optional<String> office) {}

  record RosterGapView(Instant from, Instant until) {}

  /** Who is on duty, and when nobody is. */
  record RosterView(
      String name,
      List<OnDutyView> people,
      Optional<Instant> from,
      Optional<Instant> until,
      List<RosterGapView> gaps) {}

  /** Hours and duty at a moment. */
  record RoutingCalendarView(
      Instant at, int version, List<DeskHoursView> desks, List<RosterView> rosters) {}

  /**
   * A day of a desk.
   *
   * @param spans such as 08:30-17:00; none where it is closed
   * @param special what makes it unlike other days of the week, for people
   */
  record DeskDayView(String date, List<String> spans, Optional<String> special) {}

  record DeskWeekView(String desk, List<DeskDayView> days) {}

  /**
   * Who is on duty for a stretch of the week.
   *
   * @param swap somebody stands in
   */
  record ShiftView(Instant from, Instant until, List<OnDutyView> people, boolean swap) {}

  record RosterWeekView(String name, List<ShiftView> shifts) {}

  /** A week from its first day on, by the rules in force. */
  record RoutingWeekView(
      String from,
      String zone,
      int version,
      List<DeskWeekView> desks,
      List<RosterWeekView> rosters) {}

  /** The text with a swap more. */
  record SwappedView(String yaml) {}

  record SpecialDayView(String date, String type, String name) {}

  /** Days out of an iCalendar file. */
  record HolidaysView(List<SpecialDayView> days, List<String> leftOut, Optional<String> yaml) {}

  /** Days in a row of a calendar. */
  record DaysView(String from, String to, boolean makeUp, String name) {}

  record SpecialDaysView(String name, List<DaysView> days) {}

  /**
   * Desks that share their hours.
   *
   * @param week of mon to sun, such as 08:30-12:00; a day that is not there is free
   */
  record HoursGroupView(
      List<String> desks,
      Optional<String> calendar,
      Optional<String> zone,
      Map<String, List<String>> week,
      List<String> makeUp) {}

  /** Hours and calendars of a text, and the text with them where they were sent. */
  record HoursView(
      String zone,
      List<SpecialDaysView> calendars,
      List<HoursGroupView> hours,
      Optional<String> yaml) {}

  /** How a replay stands. */
  record WhatIfView(
      String id,
      String name,
      Instant from,
      Instant to,
      int comparedWith,
      String by,
      Instant startedAt,
      Optional<Instant> endedAt,
      long calls,
      long done,
      long same,
      long changed,
      long open,
      List<String> unknowable,
      Optional<String> fault) {
    static WhatIfView of(WhatIf.Progress progress) {
      return new WhatIfView(
          progress.id(),
          progress.name(),
          progress.period().from(),
          progress.period().to(),
          progress.comparedWith(),
          progress.by(),
          progress.startedAt(),
          progress.endedAt(),
          progress.calls(),
          progress.done(),
          progress.same(),
          progress.changed(),
          progress.open(),
          progress.unknowable(),
          progress.fault());
    }
  }

  record RouteChangeView(
      String call,
      Instant at,
      String callingNumber,
      String happened,
      String before,
      String after,
      Optional<String> open) {}

  record RouteChangesView(List<RouteChangeView> items, Optional<Integer> next) {}
}
