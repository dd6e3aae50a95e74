package cti.server.web.softphone;

import cti.core.bridge.PhoneReport;
import cti.core.bridge.PhoneReport.Audio;
import cti.core.bridge.PhoneReport.Quality;
import cti.core.id.AgentId;
import cti.core.id.Extension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A phone in a browser that somebody was given: the account that the gateway knows it by, and how
 * it does. What changes is guarded by the object itself.
 */
final class Softphone {
  /** A page that is loaded anew is back by then. */
  static final Duration GRACE = Duration.ofSeconds(10);

  /** The first registration may take so long. */
  static final Duration BEGIN = Duration.ofSeconds(20);

  /** Belongs to a session, or is a caller of the demo. */
  private final String key;

  private final Optional<AgentId> agent;
  private final String number;
  private final String account;
  private final Instant grantedAt;
  private String password;
  private Instant renewedAt;
  private Optional<SipPassage> passage = Optional.empty();
  private Instant since;
  private boolean wasOpen;
  private Optional<PhoneReport> told = Optional.empty();

  Softphone(
      String key,
      Optional<AgentId> agent,
      String number,
      String account,
      String password,
      Instant now) {
    this.key = key;
    this.agent = agent;
    this.number = number;
    this.account = account;
    this.password = password;
    this.grantedAt = now;
    this.renewedAt = now;
    this.since = now;
  }

  String key() {
    return key;
  }

  /** Empty for a caller of the demo. */
  Optional<AgentId> agent() {
    return agent;
  }

  String number() {
    return number;
  }

  /** The name that the gateway knows it by. */
  String account() {
    return account;
  }

  synchronized String password() {
    return password;
  }

  synchronized void renew(String next, Instant now) {
    password = next;
    renewedAt = now;
  }

  synchronized boolean olderThan(Duration age, Instant now) {
    return renewedAt.plus(age).isBefore(now);
  }

  /** Its only way to the gateway from now on; gives back the one before. */
  synchronized Optional<SipPassage> opened(SipPassage next, Instant now) {
    Optional<SipPassage> before = passage;
    passage = Optional.of(next);
    wasOpen = true;
    since = now;
    return before;
  }

  synchronized void closed(SipPassage gone, Instant now) {
    if (passage.equals(Optional.of(gone))) {
      passage = Optional.empty();
      told = Optional.empty();
      since = now;
    }
  }

  synchronized Optional<SipPassage> passage() {
    return passage;
  }

  synchronized void told(PhoneReport report) {
    told = Optional.of(report);
  }

  /** Idle for so long that nobody seems to want it any more. */
  synchronized boolean leftFor(Duration time, Instant now) {
    return passage.isEmpty() && since.plus(time).isBefore(now);
  }

  /** How it does; empty while nobody can know yet. */
  synchronized Optional<PhoneReport> report(Instant now) {
    if (passage.isEmpty()) {
      Instant patience = wasOpen ? since.plus(GRACE) : grantedAt.plus(BEGIN);
      return now.isBefore(patience)
          ? Optional.empty()
          : Optional.of(unregistered("the page with the phone is closed", now));
    }
    if (told.isEmpty()) {
      return now.isBefore(since.plus(BEGIN))
          ? Optional.empty()
          : Optional.of(unregistered("the browser does not say how its phone does", now));
    }
    PhoneReport one = told.get();
    return Optional.of(
        new PhoneReport(
            now,
            one.extension(),
            one.registered(),
            one.problem(),
            one.audio(),
            one.quality(),
            one.pops(),
            one.unavailable()));
  }

  PhoneReport unregistered(String problem, Instant now) {
    return new PhoneReport(
        now,
        new Extension(number),
        Optional.of(false),
        Optional.of(problem),
        Optional.<Audio>empty(),
        Optional.<Quality>empty(),
        Optional.empty(),
        List.of());
  }
}
