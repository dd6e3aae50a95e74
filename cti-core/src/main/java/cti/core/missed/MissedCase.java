package cti.core.missed;

import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The missed calls of one person, or of one number where the person is not known, to one desk,
 * until somebody talks to that person: the work item.
 *
 * @param calls at least one, oldest first
 * @param closing empty while it is open
 */
public record MissedCase(List<MissedCall> calls, Optional<Closing> closing) {
  public MissedCase {
    calls = List.copyOf(calls);
    if (calls.isEmpty()) {
      throw new IllegalArgumentException("a missed case has 0 calls, expected at least 1");
    }
  }

  public MissedCaseId id() {
    return new MissedCaseId(calls.getFirst().call().value());
  }

  public CaseState state() {
    return closing.map(Closing::state).orElse(CaseState.OPEN);
  }

  /** Empty for the gateway's own static queue. */
  public Optional<DeskId> desk() {
    return calls.getFirst().desk();
  }

  public QueueName queue() {
    return calls.getFirst().queue();
  }

  public Instant openedAt() {
    return calls.getFirst().at();
  }

  public Instant lastMissedAt() {
    return calls.getLast().at();
  }

  /** The numbers that were called from, as presented, without those that were withheld. */
  public List<String> numbers() {
    return calls.stream()
        .map(MissedCall::number)
        .filter(number -> !number.isBlank())
        .distinct()
        .toList();
  }

  /** Everybody who may be behind the calls; one only where the person is known. */
  public List<StaffId> people() {
    List<StaffId> certain =
        calls.stream()
            .map(MissedCall::matches)
            .filter(matches -> matches.size() == 1)
            .map(List::getFirst)
            .distinct()
            .toList();
    return certain.isEmpty()
        ? calls.stream().flatMap(call -> call.matches().stream()).distinct().sorted().toList()
        : certain;
  }
}
