package cti.server.gatewaylog;

import cti.core.port.DayChecks;
import cti.core.port.GatewayLogStore;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which day is to be held against the logs again: yesterday, once the hour has come, and whichever
 * is asked for. A server that was away at the hour catches up when it is back. {@link #ask} and
 * {@link #state} may be called by any thread, all else by the one that follows the logs.
 */
final class NightlyChecks implements DayChecks {
  private static final Logger log = LoggerFactory.getLogger(NightlyChecks.class);

  private final LogSettings.Nightly nightly;
  private final InstantSource clock;
  private State state = new State(Optional.empty(), Optional.empty(), 0, 0);
  private Optional<LocalDate> newest = Optional.empty();

  NightlyChecks(LogSettings.Nightly nightly, InstantSource clock) {
    this.nightly = nightly;
    this.clock = clock;
  }

  /** What an earlier run of the server has checked. */
  void begin(GatewayLogStore.Days checked) {
    synchronized (this) {
      newest = checked.newest();
      state = new State(state.underWay(), checked.last(), state.days(), state.told());
    }
  }

  ZoneId zone() {
    return nightly.zone();
  }

  @Override
  public synchronized State state() {
    return state;
  }

  @Override
  public synchronized Answer ask(LocalDate day) {
    if (!day.isBefore(today())) {
      return Answer.NOT_OVER;
    }
    if (state.underWay().isPresent()) {
      return Answer.BUSY;
    }
    state = new State(Optional.of(day), state.last(), state.days(), state.told());
    return Answer.ACCEPTED;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), nightly.zone());
  }

  /** The day that is to be checked now. */
  synchronized Optional<LocalDate> due() {
    if (state.underWay().isEmpty() && nightly.at().isPresent()) {
      ZonedDateTime now = clock.instant().atZone(nightly.zone());
      LocalTime hour = nightly.at().get();
      LocalDate yesterday = now.toLocalDate().minusDays(1);
      boolean open = newest.filter(day -> !day.isBefore(yesterday)).isEmpty();
      if (open && !now.toLocalTime().isBefore(hour)) {
        state = new State(Optional.of(yesterday), state.last(), state.days(), state.told());
      }
    }
    return state.underWay();
  }

  /** A day was checked to its end. */
  synchronized void over(Day day) {
    newest = newest.filter(known -> known.isAfter(day.day())).or(() -> Optional.of(day.day()));
    state =
        new State(Optional.empty(), Optional.of(day), state.days() + 1, state.told() + day.told());
    log.info(
        "{} was held against the gateway's logs: {} calls, {} told from them, {} different, {} lost"
            + " track of",
        day.day(),
        day.calls(),
        day.told(),
        day.different(),
        day.lostTrack());
  }

  /** It cannot be checked; by hand it may be asked for again. */
  synchronized void givenUp(LocalDate day, Exception why) {
    log.error("{} cannot be held against the gateway's logs: {}", day, why.toString());
    newest = newest.filter(known -> known.isAfter(day)).or(() -> Optional.of(day));
    state = new State(Optional.empty(), state.last(), state.days(), state.told());
  }
}
