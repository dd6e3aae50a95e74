package cti.server.db.missed;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import cti.core.call.Direction;
import cti.core.call.QueueOutcome;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import cti.core.missed.CaseFact;
import cti.core.missed.CaseFact.ClosedByHand;
import cti.core.missed.CaseFact.Missed;
import cti.core.missed.CaseFact.Reopened;
import cti.core.missed.CaseFact.Talked;
import cti.core.missed.Closing;
import cti.core.missed.MissedCall;
import cti.core.missed.MissedCase;
import cti.core.missed.MissedCaseFold;
import cti.core.missed.PartyKey;
import cti.core.missed.PartyKeys;
import cti.server.db.missed.MissedCaseMapper.CaseRow;
import cti.server.db.missed.MissedCaseMapper.ChangeRow;
import cti.server.db.missed.MissedCaseMapper.MatchRow;
import cti.server.db.missed.MissedCaseMapper.MemberRow;
import cti.server.db.missed.MissedCaseMapper.MissedRow;
import cti.server.db.missed.MissedCaseMapper.PartyRow;
import cti.server.db.missed.MissedCaseMapper.TalkRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Keeps the cases in step with the calls, by {@link MissedCaseFold}. Of the cases on record only
 * those that the new facts may change are folded again: those of the same parties that are open or
 * were closed since. What comes out is what folding everything would give, whatever the order in
 * which calls are told; a test holds the two against each other.
 */
public final class MissedCaseProjection {
  private static final Duration WINDOW = MissedCaseFold.WINDOW;
  private static final String MISSED = "MISSED";
  private static final String TALKED = "TALKED";

  private final MissedCaseMapper mapper;

  /**
   * @param mapper of the transaction that stores the calls; it holds the journal's mark
   */
  public MissedCaseProjection(MissedCaseMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Brings the cases up to date with what is on record of these calls.
   *
   * @return the cases that were made, written again or struck
   */
  public Set<MissedCaseId> follow(Collection<String> calls) {
    if (calls.isEmpty()) {
      return Set.of();
    }
    List<PartyRow> before = mapper.parties(calls);
    List<MissedRow> missed = mapper.missed(calls);
    List<TalkRow> talks = mapper.talks(calls);
    if (missed.isEmpty() && talks.isEmpty() && before.isEmpty()) {
      return Set.of();
    }
    Set<PartyRow> now = parties(missed, talks);
    noteParties(before, now);
    // What no longer holds counts too: a call that was missed on record and was answered after all.
    Instant since =
        Stream.of(
                missed.stream().map(MissedRow::missedAt),
                talks.stream().map(TalkRow::talkedAt),
                before.stream().map(PartyRow::at))
            .flatMap(times -> times)
            .min(Instant::compareTo)
            .orElseThrow();
    Set<String> keys = new HashSet<>();
    before.forEach(row -> keys.add(row.partyKey()));
    now.forEach(row -> keys.add(row.partyKey()));
    Set<String> cases = new TreeSet<>(mapper.casesOfCalls(calls));
    Set<String> members =
        missed.stream().map(MissedRow::callId).collect(toCollection(TreeSet::new));
    gather(keys, since, cases, members);
    if (members.isEmpty()) {
      return Set.of();
    }
    return fold(keys, cases, members);
  }

  /** Takes in the cases of these parties, then those of the parties of their calls, and so on. */
  private void gather(Set<String> keys, Instant since, Set<String> cases, Set<String> members) {
    Set<String> asked = new HashSet<>();
    Set<String> opened = new HashSet<>();
    while (true) {
      Set<String> toAsk = new TreeSet<>(keys);
      toAsk.removeAll(asked);
      if (!toAsk.isEmpty()) {
        cases.addAll(mapper.casesOfParties(toAsk, since));
        asked.addAll(toAsk);
      }
      Set<String> toOpen = new TreeSet<>(cases);
      toOpen.removeAll(opened);
      if (toOpen.isEmpty()) {
        return;
      }
      List<String> calls = mapper.members(toOpen).stream().map(MemberRow::callId).toList();
      mapper.parties(calls).forEach(row -> keys.add(row.partyKey()));
      members.addAll(calls);
      opened.addAll(toOpen);
    }
  }

  private Set<MissedCaseId> fold(Set<String> keys, Set<String> cases, Set<String> members) {
    List<MissedRow> missed = mapper.missed(members);
    if (missed.isEmpty()) {
      return write(cases, List.of(), Map.of());
    }
    Instant first = missed.stream().map(MissedRow::missedAt).min(Instant::compareTo).orElseThrow();
    Set<String> talkCalls =
        keys.isEmpty() ? Set.of() : new TreeSet<>(mapper.talksOfParties(keys, first.minus(WINDOW)));
    List<CaseFact> facts = new ArrayList<>(missedFacts(missed));
    if (!talkCalls.isEmpty()) {
      Map<String, Set<PartyKey>> parties = keysOf(talkCalls, TALKED);
      mapper.talks(talkCalls).forEach(row -> facts.add(talk(row, parties)));
    }
    mapper.changes(members).forEach(row -> facts.add(change(row)));
    Map<String, String> siteOfCall = new HashMap<>();
    missed.forEach(row -> siteOfCall.put(row.callId(), row.siteId()));
    return write(cases, MissedCaseFold.cases(facts, WINDOW), siteOfCall);
  }

  private Set<PartyRow> parties(List<MissedRow> missed, List<TalkRow> talks) {
    PartyKeys keys = new PartyKeys(Set.copyOf(mapper.outsidePrefixes()));
    Set<String> calls = new TreeSet<>();
    missed.forEach(row -> calls.add(row.callId()));
    talks.forEach(row -> calls.add(row.callId()));
    Map<String, List<StaffId>> matches = matchesOf(calls);
    Set<PartyRow> parties = new LinkedHashSet<>();
    for (MissedRow row : missed) {
      for (PartyKey key : keys.of(row.callingNumber(), matchesIn(matches, row.callId()))) {
        parties.add(new PartyRow(row.callId(), MISSED, key.value(), row.missedAt()));
      }
    }
    for (TalkRow row : talks) {
      String number = weCalled(row) ? row.dialledNumber() : row.callingNumber();
      if (tellsTheParty(row)) {
        for (PartyKey key : keys.of(number, matchesIn(matches, row.callId()))) {
          parties.add(new PartyRow(row.callId(), TALKED, key.value(), row.talkedAt()));
        }
      }
    }
    return parties;
  }

  /** A call that nobody queued for and that did not come in by the hotline is one of ours. */
  private static boolean weCalled(TalkRow row) {
    return row.visits() == 0 && !row.direction().equals(Direction.INBOUND.name());
  }

  /** What two phones say to each other without an agent is none of ours. */
  private static boolean tellsTheParty(TalkRow row) {
    return !weCalled(row) || row.agentId() != null;
  }

  private void noteParties(List<PartyRow> before, Set<PartyRow> now) {
    Set<PartyRow> fresh = new LinkedHashSet<>(now);
    if (!now.containsAll(before)) {
      mapper.deleteParties(before.stream().map(PartyRow::callId).distinct().toList());
    } else {
      before.forEach(fresh::remove);
    }
    if (!fresh.isEmpty()) {
      mapper.addParties(fresh);
    }
  }

  private List<Missed> missedFacts(List<MissedRow> rows) {
    Set<String> calls = rows.stream().map(MissedRow::callId).collect(toCollection(TreeSet::new));
    Map<String, Set<PartyKey>> parties = keysOf(calls, MISSED);
    Map<String, List<StaffId>> matches = matchesOf(calls);
    return rows.stream()
        .map(
            row ->
                new Missed(
                    missedCall(row, matchesIn(matches, row.callId())),
                    parties.getOrDefault(row.callId(), Set.of())))
        .toList();
  }

  static MissedCall missedCall(MissedRow row, List<StaffId> matches) {
    return new MissedCall(
        new CallId(row.callId()),
        row.missedAt(),
        Optional.ofNullable(row.deskId()).map(DeskId::new),
        new QueueName(row.queueName()),
        QueueOutcome.valueOf(row.reason()),
        row.callingNumber(),
        matches);
  }

  private static Talked talk(TalkRow row, Map<String, Set<PartyKey>> parties) {
    Optional<Instant> ended =
        Optional.ofNullable(row.talking() == 0 ? row.talkEndedAt() : row.endedAt());
    return new Talked(
        new CallId(row.callId()),
        row.talkedAt(),
        ended,
        // Who is called back is the caller of that call, and waits in the queue.
        weCalled(row) || row.direction().equals(Direction.OUTBOUND.name()),
        Optional.ofNullable(row.agentId()).map(AgentId::new),
        parties.getOrDefault(row.callId(), Set.of()));
  }

  private static CaseFact change(ChangeRow row) {
    CallId call = new CallId(row.callId());
    return switch (row.action()) {
      case "CLOSE" -> new ClosedByHand(call, row.at(), row.author(), row.reason());
      case "REOPEN" -> new Reopened(call, row.at(), row.author());
      default ->
          throw new IllegalStateException(
              "action of a missed case is " + row.action() + ", expected CLOSE or REOPEN");
    };
  }

  private Map<String, Set<PartyKey>> keysOf(Set<String> calls, String fact) {
    return mapper.parties(calls).stream()
        .filter(row -> row.fact().equals(fact))
        .collect(
            groupingBy(PartyRow::callId, mapping(row -> new PartyKey(row.partyKey()), toSet())));
  }

  private Map<String, List<StaffId>> matchesOf(Set<String> calls) {
    if (calls.isEmpty()) {
      return Map.of();
    }
    return mapper.matches(calls).stream()
        .collect(
            groupingBy(MatchRow::callId, mapping(row -> new StaffId(row.staffId()), toList())));
  }

  private static List<StaffId> matchesIn(Map<String, List<StaffId>> matches, String call) {
    return matches.getOrDefault(call, List.of());
  }

  private Set<MissedCaseId> write(
      Set<String> before, List<MissedCase> cases, Map<String, String> siteOfCall) {
    if (!before.isEmpty()) {
      mapper.deleteMembers(before);
      mapper.deleteCases(before);
    }
    for (MissedCase one : cases) {
      mapper.addCase(row(one, siteOfCall.get(one.id().value())));
    }
    for (MissedCase one : cases) {
      for (MissedCall call : one.calls()) {
        mapper.addMember(new MemberRow(call.call().value(), one.id().value()));
      }
    }
    Set<MissedCaseId> touched = new HashSet<>();
    before.forEach(id -> touched.add(new MissedCaseId(id)));
    cases.forEach(one -> touched.add(one.id()));
    return touched;
  }

  private static CaseRow row(MissedCase one, String site) {
    String desk = one.desk().map(DeskId::value).orElse(null);
    String id = one.id().value();
    String state = one.state().name();
    return one.closing()
        .map(
            closing ->
                switch (closing) {
                  case Closing.ByTalk talk ->
                      new CaseRow(
                          id,
                          desk,
                          site,
                          one.openedAt(),
                          state,
                          talk.at(),
                          talk.until(),
                          talk.call().value(),
                          talk.agent().map(AgentId::value).orElse(null),
                          null,
                          null);
                  case Closing.ByHand hand ->
                      new CaseRow(
                          id,
                          desk,
                          site,
                          one.openedAt(),
                          state,
                          hand.at(),
                          hand.at(),
                          null,
                          null,
                          hand.by(),
                          hand.reason());
                })
        .orElseGet(
            () ->
                new CaseRow(
                    id, desk, site, one.openedAt(), state, null, null, null, null, null, null));
  }
}
