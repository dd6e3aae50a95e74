package cti.server.db.prompts;

import cti.core.port.PhonePins;
import cti.server.config.Secret;
import cti.server.db.Database;
import cti.server.db.accounts.Passwords;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import cti.server.db.prompts.PhonePinMapper.PinRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** PINs of administrators on record, as hashes; each change, and each lock, with an audit line. */
public final class PhonePinStore implements PhonePins {
  /** Wrong ones in a row until the first lock. */
  static final int MOST_FAILURES = 3;

  static final Duration FIRST_LOCK = Duration.ofMinutes(1);
  static final Duration LONGEST_LOCK = Duration.ofDays(1);
  private static final int DOUBLINGS = 11;

  private final Database database;
  private final InstantSource clock;
  private final Passwords passwords;
  private final AuditWriter audit;

  public PhonePinStore(Database database, InstantSource clock, Passwords passwords) {
    this.database = database;
    this.clock = clock;
    this.passwords = passwords;
    this.audit = new AuditWriter(clock);
  }

  @Override
  public Optional<Pin> find(String user) {
    PinRow row = database.with(PhonePinMapper.class, mapper -> mapper.ofUser(user));
    return Optional.ofNullable(row).map(this::pin);
  }

  @Override
  public Pin set(String user, String pin) {
    PhonePins.weakness(pin)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    String hash = passwords.hash(new Secret(pin));
    return database.with(
        PhonePinMapper.class,
        mapper -> {
          PinRow before = mapper.lockUser(user);
          int number = before == null ? mapper.nextNumber() : before.number();
          PinRow after = new PinRow(user, number, hash, 0, null, now());
          mapper.put(after);
          audit.write(
              mapper,
              new Line(
                  user,
                  "phone-pin-set",
                  "account " + user,
                  Optional.ofNullable(before).map(row -> Map.of("phoneNumber", row.number())),
                  Optional.of(Map.of("phoneNumber", number))));
          return pin(after);
        });
  }

  @Override
  public void remove(String user) {
    database.run(
        PhonePinMapper.class,
        mapper -> {
          PinRow before = mapper.lockUser(user);
          if (before != null) {
            mapper.remove(user);
            audit.write(
                mapper,
                new Line(
                    user,
                    "phone-pin-removed",
                    "account " + user,
                    Optional.of(Map.of("phoneNumber", before.number())),
                    Optional.empty()));
          }
        });
  }

  /** The hash is compared outside of the transaction: it takes its time on purpose. */
  @Override
  public Check check(String number, String pin) {
    int asked = number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 0;
    PinRow row = database.with(PhonePinMapper.class, mapper -> mapper.ofNumber(asked));
    boolean right = passwords.matches(new Secret(pin), row == null ? null : row.pinHash());
    if (row == null) {
      return new Check.Wrong();
    }
    return database.with(
        PhonePinMapper.class,
        mapper -> noted(mapper, mapper.lockNumber(asked), right, row.pinHash()));
  }

  private Check noted(PhonePinMapper mapper, PinRow row, boolean right, String compared) {
    if (row == null || !row.pinHash().equals(compared)) {
      return new Check.Wrong();
    }
    Instant now = now();
    if (row.lockedUntil() != null && row.lockedUntil().isAfter(now)) {
      return new Check.Locked();
    }
    if (right) {
      mapper.failed(row.number(), 0, null);
      return mapper.mayChangeThings(row.userName()) == 1
          ? new Check.Right(row.userName())
          : new Check.Wrong();
    }
    int failures = row.failures() + 1;
    if (failures < MOST_FAILURES) {
      mapper.failed(row.number(), failures, null);
      return new Check.Wrong();
    }
    Duration lock = lock(failures);
    mapper.failed(row.number(), failures, now.plus(lock));
    audit.write(
        mapper,
        new Line(
            row.userName(),
            "phone-pin-locked",
            "account " + row.userName(),
            Optional.empty(),
            Optional.of(Map.of("wrongPins", failures, "seconds", lock.toSeconds()))));
    return new Check.Locked();
  }

  /** Twice as long with each wrong PIN; only a right one, or a new one, begins anew. */
  static Duration lock(int failures) {
    Duration lock =
        FIRST_LOCK.multipliedBy(1L << Math.min(DOUBLINGS, Math.max(0, failures - MOST_FAILURES)));
    return lock.compareTo(LONGEST_LOCK) < 0 ? lock : LONGEST_LOCK;
  }

  private Pin pin(PinRow row) {
    return new Pin(
        row.number(),
        row.changedAt(),
        Optional.ofNullable(row.lockedUntil()).filter(until -> until.isAfter(clock.instant())));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
