package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.port.AuditTrail;
import cti.core.port.AuditTrail.Entry;
import cti.server.web.http.Answer;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who changed what: supervisors read. */
public final class AuditResource {
  private final AuditTrail audit;

  public AuditResource(AuditTrail audit) {
    this.audit = audit;
  }

  /** A line; {@code before} and {@code after} are JSON objects as text. */
  record AuditEntryView(
      long number,
      Instant at,
      String account,
      String action,
      String subject,
      Optional<String> before,
      Optional<String> after) {
    static AuditEntryView of(Entry entry) {
      return new AuditEntryView(
          entry.number(),
          entry.at(),
          entry.account(),
          entry.action(),
          entry.subject(),
          entry.before(),
          entry.after());
    }
  }

  /** Newest first; {@code next} is the {@code before} of the part that follows. */
  record AuditView(List<AuditEntryView> items, Optional<Long> next) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", "/api/v1/audit")
            .query("subject", "account", "before", "limit")
            .answers(AuditView.class)
            .stored(this::audit),
        Route.of(Role.SUPERVISOR, "GET", "/api/v1/audit/check")
            .answers(AuditCheckView.class)
            .stored(this::check));
  }

  private Answer check(Request request) {
    checkUnlimited(request);
    return Answer.json(AuditCheckView.of(audit.check()));
  }

  /** A line knows no desk, and tells what was done at each of them. */
  private static void checkUnlimited(Request request) {
    Within.everything(request.signedIn().account(), "the audit log is of every desk");
  }

  /**
   * Whether every line of the chain is as it was written.
   *
   * @param before lines from before there was a chain
   * @param brokenAt the first line that does not fit, with {@code why}
   */
  record AuditCheckView(
      boolean intact,
      long lines,
      long before,
      String lastHash,
      Optional<Long> brokenAt,
      Optional<String> why) {
    static AuditCheckView of(AuditTrail.Check check) {
      return new AuditCheckView(
          check.broken().isEmpty(),
          check.lines(),
          check.before(),
          check.lastHash(),
          check.broken().map(AuditTrail.Break::number),
          check.broken().map(AuditTrail.Break::why));
    }
  }

  private Answer audit(Request request) {
    checkUnlimited(request);
    return answer(
        audit, request, request.query().text("subject", 230), request.query().text("account", 64));
  }

  static Answer answer(
      AuditTrail audit, Request request, Optional<String> subject, Optional<String> account) {
    int limit = Cursor.limit(request);
    int before = request.query().number("before", 1, 999_999_999, 0);
    List<Entry> entries =
        audit.entries(
            subject,
            account,
            before == 0 ? Optional.empty() : Optional.of((long) before),
            limit + 1);
    boolean more = entries.size() > limit;
    List<AuditEntryView> items = entries.stream().limit(limit).map(AuditEntryView::of).toList();
    return Answer.json(
        new AuditView(items, more ? Optional.of(items.getLast().number()) : Optional.empty()));
  }
}
