package cti.core.missed;

import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.missed.CaseFact.ClosedByHand;
import cti.core.missed.CaseFact.Missed;
import cti.core.missed.CaseFact.Reopened;
import cti.core.missed.CaseFact.Talked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes cases of facts. Pure, and blind to the order in which facts are given: they are told by
 * their own times, so that what is heard of late, or rebuilt after an outage, changes nothing. The
 * rules and their reasons are in docs/adr/0004-missed-cases.md.
 */
public final class MissedCaseFold {
  /** How long a case takes calls in after its first (DOMAIN: MissedCase, "at most 24 h"). */
  public static final Duration WINDOW = Duration.ofHours(24);

  /** At the same moment a call is missed first, then talked, then closed by hand. */
  private static final Comparator<CaseFact> ORDER =
      Comparator.comparing(CaseFact::at)
          .thenComparing(MissedCaseFold::rank)
          .thenComparing(fact -> fact.call().value());

  private final Duration window;
  private final List<Draft> cases = new ArrayList<>();
  private final List<Talked> talks = new ArrayList<>();

  private MissedCaseFold(Duration window) {
    this.window = window;
  }

  /**
   * The cases, by the time of their first call.
   *
   * @param facts each once
   * @param window how long a case takes calls in after its first
   */
  public static List<MissedCase> cases(Collection<? extends CaseFact> facts, Duration window) {
    MissedCaseFold fold = new MissedCaseFold(window);
    facts.stream().sorted(ORDER).forEach(fold::take);
    return fold.cases.stream().map(Draft::missedCase).toList();
  }

  /**
   * Until when a talk counts as going on. One whose end never comes on record is not believed for
   * longer than the window.
   */
  public static Instant until(Talked talk, Duration window) {
    Instant most = talk.at().plus(window);
    return talk.endedAt().filter(end -> end.isBefore(most)).orElse(most);
  }

  private static int rank(CaseFact fact) {
    return switch (fact) {
      case Missed _ -> 0;
      case Talked _ -> 1;
      case ClosedByHand _ -> 2;
      case Reopened _ -> 3;
    };
  }

  private void take(CaseFact fact) {
    switch (fact) {
      case Missed missed -> missed(missed);
      case Talked talked -> {
        talks.add(talked);
        for (Draft open : cases) {
          if (open.closing.isEmpty() && open.knows(talked.keys())) {
            open.closing = Optional.of(byTalk(talked));
          }
        }
      }
      case ClosedByHand closed ->
          caseOf(closed.call())
              .filter(found -> found.closing.isEmpty())
              .ifPresent(
                  found ->
                      found.closing =
                          Optional.of(
                              new Closing.ByHand(closed.at(), closed.by(), closed.reason())));
      case Reopened reopened -> caseOf(reopened.call()).ifPresent(this::reopen);
    }
  }

  private void missed(Missed fact) {
    // Missed on one phone while somebody talks to that person on another: nothing is left to do.
    Optional<Closing> settled =
        talks.stream()
            .filter(talk -> !Collections.disjoint(talk.keys(), fact.keys()))
            .filter(talk -> !until(talk, window).isBefore(fact.at()))
            .findFirst()
            .map(this::byTalk);
    for (Draft known : cases) {
      if (known.closing.equals(settled) && known.takes(fact, window)) {
        known.add(fact);
        return;
      }
    }
    Draft begun = new Draft(settled);
    begun.add(fact);
    cases.add(begun);
  }

  /** Somebody may have talked to the person after all, since the case was closed by hand. */
  private void reopen(Draft found) {
    if (found.closing.isPresent() && found.closing.get() instanceof Closing.ByHand hand) {
      found.closing =
          talks.stream()
              .filter(talk -> !talk.at().isBefore(hand.at()) && found.knows(talk.keys()))
              .findFirst()
              .map(this::byTalk);
    }
  }

  private Closing byTalk(Talked talk) {
    return new Closing.ByTalk(
        talk.call(), talk.at(), until(talk, window), talk.weCalled(), talk.agent());
  }

  private Optional<Draft> caseOf(CallId call) {
    return cases.stream()
        .filter(one -> one.calls.stream().anyMatch(missed -> missed.call().equals(call)))
        .findFirst();
  }

  private static final class Draft {
    private final List<MissedCall> calls = new ArrayList<>();
    private final Set<PartyKey> keys = new HashSet<>();
    private Optional<Closing> closing;

    Draft(Optional<Closing> closing) {
      this.closing = closing;
    }

    void add(Missed fact) {
      calls.add(fact.missed());
      keys.addAll(fact.keys());
    }

    boolean knows(Set<PartyKey> others) {
      return !Collections.disjoint(keys, others);
    }

    boolean takes(Missed fact, Duration window) {
      MissedCall first = calls.getFirst();
      return sameDesk(first.desk(), first.queue(), fact.missed())
          && knows(fact.keys())
          && !fact.at().isAfter(first.at().plus(window));
    }

    private static boolean sameDesk(Optional<DeskId> desk, QueueName queue, MissedCall other) {
      return desk.equals(other.desk()) && (desk.isPresent() || queue.equals(other.queue()));
    }

    MissedCase missedCase() {
      return new MissedCase(calls, closing);
    }
  }
}
