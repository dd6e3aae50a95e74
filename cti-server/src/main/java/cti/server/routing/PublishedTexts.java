package cti.server.routing;

import cti.core.port.StoreUnavailableException;
import cti.core.port.VersionRecords;
import cti.core.port.VersionedTexts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A text that leads calls, by version, in memory: read at the start, replaced whole when one is
 * published. Where the database is away at the start the last good copy stands in until it is back,
 * and without one the text that is shipped.
 *
 * @param <T> what the text says
 */
public abstract class PublishedTexts<T> implements VersionedTexts {
  private static final Logger log = LoggerFactory.getLogger(PublishedTexts.class);
  private static final Duration FARTHEST = Duration.ofDays(366);

  /** Versions in the last good copy: those that calls in progress may have, and that in force. */
  private static final int MOST_COPIED = 30;

  private static final String SHIPPED_BY = "shipped";

  private final String what;
  private final VersionRecords store;
  private final Copies copies;
  private final InstantSource clock;
  private volatile VersionBook<T> book;
  private boolean read;

  /** What the store counted when it was read last. */
  private long changes;

  /**
   * @param what it is, for the log
   * @param clock tells which version is in force
   */
  PublishedTexts(
      String what,
      VersionRecords store,
      VersionBook.Reader<T> reader,
      Copies copies,
      InstantSource clock) {
    this.what = what;
    this.store = store;
    this.copies = copies;
    this.clock = clock;
    this.book = VersionBook.of(reader, copies.kept());
  }

  /** Copies that are there while the database is away. */
  public interface Copies {
    /** Those that were kept last; none where nothing was. */
    List<Version> kept();

    void keep(List<Version> versions);
  }

  /** The text that came with the server: version 1 of a new database. */
  abstract String shippedText();

  /** Reads them, or says what stands in for them. */
  public void begin() {
    catchUp();
    if (!read) {
      log.warn(
          "{}: {} until the database is back",
          what,
          book.versions().isEmpty() ? "as shipped" : "version " + inForce());
    }
  }

  /** Reads what could not be read before, and what another server published; blocks. */
  public synchronized void catchUp() {
    try {
      long now = store.changes();
      if (read && now == changes) {
        return;
      }
      List<Version> versions = store.versions();
      if (versions.isEmpty()) {
        store.add(shipped(), Optional.empty());
        versions = store.versions();
      }
      if (!read || !versions.equals(book.versions())) {
        take(book.with(versions));
        log.info("{}: version {} of {} is in force", what, inForce(), versions.size());
      }
      read = true;
      changes = now;
    } catch (StoreUnavailableException e) {
      log.debug("{}: still the last known ones: {}", what, e.getMessage());
    }
  }

  private Version shipped() {
    String yaml = shippedText();
    Instant now = clock.instant();
    return new Version(
        1,
        yaml,
        checksum(yaml),
        SHIPPED_BY,
        "as shipped",
        now,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private void take(VersionBook<T> next) {
    book = next;
    List<Version> all = next.versions();
    copies.keep(all.subList(Math.max(0, all.size() - MOST_COPIED), all.size()));
  }

  Instant moment() {
    return clock.instant();
  }

  /** What the version in force at a moment says; empty where there is none that can be read. */
  Optional<T> said(Instant at) {
    VersionBook<T> now = book;
    return now.inForce(at).flatMap(version -> now.said(version.number()));
  }

  /** What a version says; empty where it is not known, or reads no more. */
  public Optional<T> of(int version) {
    return book.said(version);
  }

  /** The text in force; empty where none was ever published. */
  public Optional<String> textInForce() {
    return book.inForce(clock.instant()).map(Version::yaml);
  }

  /** Versions that lead calls now or may later: that in force, and those still to come. */
  public List<Version> counting() {
    VersionBook<T> now = book;
    Instant at = clock.instant();
    int first = now.inForce(at).map(Version::number).orElse(0);
    return now.versions().stream()
        .filter(version -> version.number() >= first && version.withdrawnAt().isEmpty())
        .toList();
  }

  @Override
  public int inForce() {
    return book.inForce(clock.instant()).map(Version::number).orElse(0);
  }

  @Override
  public List<Version> versions() {
    return book.versions().reversed();
  }

  @Override
  public Optional<Version> version(int number) {
    return book.version(number);
  }

  @Override
  public List<Draft> drafts() {
    return store.drafts();
  }

  @Override
  public Optional<Draft> draft(String name) {
    return store.draft(name);
  }

  @Override
  public Saved saveDraft(String name, String yaml, int revision, String by) {
    Draft draft = store.save(name, yaml, revision, book.last(), by);
    boolean ours = draft.revision() == revision + 1 && draft.yaml().equals(yaml);
    return ours ? new Saved.Done(draft, check(yaml)) : new Saved.Changed(draft);
  }

  @Override
  public boolean dropDraft(String name, String by) {
    boolean dropped = store.drop(name, by);
    if (dropped) {
      log.info("{}: draft {} dropped by user={}", what, name, by);
    }
    return dropped;
  }

  @Override
  public synchronized Published publish(
      String draft, String comment, Optional<Instant> at, String by) {
    Optional<Draft> found = store.draft(draft);
    if (found.isEmpty()) {
      return new Published.NoSuchDraft(draft);
    }
    refresh();
    if (found.get().basedOn() != book.last()) {
      return new Published.Outdated(found.get().basedOn(), book.last());
    }
    Instant now = clock.instant();
    if (at.filter(when -> when.isAfter(now.plus(FARTHEST))).isPresent()) {
      return new Published.Refused(
          "it would come into force at " + at.get() + ", expected within a year");
    }
    return add(
        found.get().yaml(),
        comment,
        at.filter(when -> when.isAfter(now)).orElse(now),
        Optional.empty(),
        Optional.of(draft),
        by);
  }

  @Override
  public synchronized Published rollBack(int version, String comment, String by) {
    refresh();
    Optional<Version> found = book.version(version);
    if (found.isEmpty()) {
      return new Published.NoSuchVersion(version);
    }
    return add(
        found.get().yaml(), comment, clock.instant(), Optional.of(version), Optional.empty(), by);
  }

  private Published add(
      String yaml,
      String comment,
      Instant activeFrom,
      Optional<Integer> restores,
      Optional<String> draft,
      String by) {
    Checked checked = check(yaml);
    if (!checked.faults().isEmpty()) {
      return new Published.Faulty(checked.faults());
    }
    int last = book.last();
    Version version =
        new Version(
            book.next(),
            yaml,
            checksum(yaml),
            by,
            comment,
            clock.instant(),
            activeFrom,
            last == 0 ? Optional.empty() : Optional.of(last),
            restores,
            Optional.empty());
    if (!store.add(version, draft)) {
      refresh();
      return new Published.Outdated(last, book.last());
    }
    take(book.with(version));
    log.info(
        "{}: version {} published by user={}, in force from {}, checksum {}",
        what,
        version.number(),
        by,
        version.activeFrom(),
        version.checksum());
    return new Published.Done(version, checked.warnings());
  }

  @Override
  public synchronized Published withdraw(int version, String by) {
    refresh();
    Optional<Version> found = book.version(version);
    Instant now = clock.instant();
    if (found.isEmpty()) {
      return new Published.NoSuchVersion(version);
    }
    if (!found.get().activeFrom().isAfter(now)) {
      return new Published.Refused(
          "version "
              + version
              + " came into force at "
              + found.get().activeFrom()
              + ", expected one that is still to come; an earlier one is taken up by a rollback");
    }
    if (!store.withdraw(version, now, by)) {
      return new Published.Refused("version " + version + " was taken back already");
    }
    refresh();
    log.info("{}: version {} taken back by user={}", what, version, by);
    return new Published.Done(book.version(version).orElseThrow(), List.of());
  }

  /** Another server may have published. */
  private void refresh() {
    take(book.with(store.versions()));
    read = true;
  }

  /** SHA-256 of a text in UTF-8, in hex. */
  static String checksum(String yaml) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
