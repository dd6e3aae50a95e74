package cti.server.web.stream;

import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.missed.MissedCase;
import cti.core.port.MissedCases;
import cti.core.port.MissedCases.OpenCount;
import cti.core.port.StoreUnavailableException;
import cti.server.web.http.Fault;
import cti.server.web.http.Json;
import cti.server.web.http.StoreThreads;
import cti.server.web.stream.Scope.Audience;
import cti.server.web.view.MissedCaseView;
import cti.server.web.view.OpenCasesView;
import cti.server.web.view.Views;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What screens know of missed cases. They are folded in the database, so what changed there is read
 * from it, one reading at a time; while one is under way further changes wait for the next.
 */
final class MissedCaseWatch {
  private static final Logger log = LoggerFactory.getLogger(MissedCaseWatch.class);

  /** More changes at once are told by their counts alone. */
  private static final int CASES_AT_ONCE = 200;

  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final MissedCases cases;
  private final StoreThreads stores;
  private final Views views;
  private final Consumer<News> arrival;

  private final Set<MissedCaseId> changed = new HashSet<>();
  private boolean wanted;
  private boolean due;
  private boolean asking;
  private boolean more;
  private long notBeforeNanos;

  /** The counts as read last; the feed's thread alone. */
  private Optional<List<OpenCount>> open = Optional.empty();

  /**
   * What was read.
   *
   * @param cases empty for those that are no more
   * @param more whether others changed too, too many to tell
   */
  record News(List<OpenCount> open, Map<MissedCaseId, Optional<MissedCase>> cases, boolean more) {}

  /**
   * @param arrival takes what was read to the feed's thread
   */
  MissedCaseWatch(MissedCases cases, StoreThreads stores, Views views, Consumer<News> arrival) {
    this.cases = cases;
    this.stores = stores;
    this.views = views;
    this.arrival = arrival;
  }

  /** From the first one on who wants to know, things are looked at. */
  synchronized void want() {
    if (!wanted) {
      wanted = true;
      due = true;
      ask();
    }
  }

  /** From any thread; never blocks. */
  synchronized void changed(Set<MissedCaseId> ids) {
    if (!wanted) {
      return;
    }
    note(ids);
    due = true;
    ask();
  }

  private void note(Set<MissedCaseId> ids) {
    changed.addAll(ids);
    if (changed.size() > CASES_AT_ONCE) {
      changed.clear();
      more = true;
    }
  }

  /** Asks again what could not be read. */
  synchronized void look(long nowNanos) {
    if (due && !asking && nowNanos - notBeforeNanos >= 0) {
      ask();
    }
  }

  private void ask() {
    if (asking) {
      return;
    }
    asking = true;
    due = false;
    Set<MissedCaseId> ids = Set.copyOf(changed);
    boolean others = more;
    changed.clear();
    more = false;
    stores
        .run(() -> read(ids, others))
        .whenComplete((news, failure) -> came(ids, others, news, failure));
  }

  private News read(Set<MissedCaseId> ids, boolean others) {
    Map<MissedCaseId, Optional<MissedCase>> found = new LinkedHashMap<>();
    for (MissedCaseId id : ids.stream().sorted().toList()) {
      // Any of its calls finds a case: one that goes by another id now is told under that.
      found.put(id, cases.find(id, Optional.empty()).filter(one -> one.id().equals(id)));
    }
    return new News(cases.openCounts(), found, others);
  }

  private void came(Set<MissedCaseId> ids, boolean others, News news, Throwable failure) {
    if (failure == null) {
      arrival.accept(news);
    }
    synchronized (this) {
      asking = false;
      if (failure != null) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof StoreUnavailableException || cause instanceof Fault) {
          log.warn("web: missed cases not read, tried again: {}", cause.getMessage());
        } else {
          log.error("web: missed cases not read, tried again", cause);
        }
        note(ids);
        more |= others;
        due = true;
        notBeforeNanos = System.nanoTime() + AGAIN.toNanos();
      } else if (due) {
        ask();
      }
    }
  }

  /** The frames of what was read; on the feed's thread. */
  List<Frame> take(long seq, News news) {
    open = Optional.of(news.open());
    List<Frame> frames = new ArrayList<>();
    news.cases()
        .forEach(
            (id, one) ->
                frames.add(
                    Frame.beside(
                        seq,
                        Topic.MISSED_CASES,
                        "missed case " + id,
                        one.map(MissedCaseWatch::audience).orElse(Audience.EVERYBODY),
                        new ServerFrame.CaseChanged(
                            seq, id.value(), one.map(found -> MissedCaseView.of(found, views))))));
    frames.add(
        new Frame(
            seq,
            false,
            Topic.MISSED_CASES,
            "missed cases",
            Audience.EVERYBODY,
            new Frame.Rendering.ByScope(
                scope ->
                    Json.bytes(
                        new ServerFrame.CasesOpen(seq, news.more(), view(news.open(), scope))))));
    return frames;
  }

  private static Audience audience(MissedCase one) {
    return one.desk()
        .map(desk -> Audience.SUPERVISORS.and(Set.of(desk), Set.of()))
        .orElse(Audience.SUPERVISORS);
  }

  /** What somebody sees of the open cases; empty until they were read. On the feed's thread. */
  Optional<OpenCasesView> open(Scope scope) {
    return open.map(counts -> view(counts, scope));
  }

  private OpenCasesView view(List<OpenCount> counts, Scope scope) {
    return OpenCasesView.of(
        counts.stream()
            .filter(
                count ->
                    scope.everything() || count.desk().filter(scope.desks()::contains).isPresent())
            .map(
                count ->
                    new OpenCasesView.OfDesk(
                        count.desk().map(DeskId::value),
                        views.deskName(count.desk()),
                        count.open(),
                        count.oldest()))
            .toList());
  }
}
