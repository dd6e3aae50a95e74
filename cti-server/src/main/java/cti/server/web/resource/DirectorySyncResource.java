package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.port.DirectorySync;
import cti.core.port.DirectorySync.Sight;
import cti.server.web.http.Answer;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import java.util.List;
import java.util.Optional;

/** The LDAP directory that people come from: supervisors see it, administrators look again. */
public final class DirectorySyncResource {
  private static final String LDAP = "/api/v1/directory/ldap";

  private final Optional<DirectorySync> sync;

  public DirectorySyncResource(Optional<DirectorySync> sync) {
    this.sync = sync;
  }

  /** {@code last} is the preview of the last scheduled look. */
  record DirectorySyncView(
      String source, long everySeconds, int mostGonePercent, Optional<String> last) {
    static DirectorySyncView of(Sight sight) {
      return new DirectorySyncView(
          sight.source(), sight.every().toSeconds(), sight.mostGonePercent(), sight.last());
    }
  }

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", LDAP)
            .answers(DirectorySyncView.class)
            .stored(
                request ->
                    sync.map(one -> Answer.json(DirectorySyncView.of(one.sight())))
                        .orElseGet(DirectorySyncResource::none)),
        Route.of(Role.ADMIN, "POST", LDAP + "/look").answers(PreviewView.class).stored(this::look));
  }

  private Answer look(Request request) {
    return sync.map(one -> PreviewView.begun(one.look(request.signedIn().account().user())))
        .orElseGet(DirectorySyncResource::none);
  }

  private static Answer none() {
    return Answer.problem(
        Problem.notFound("no-ldap", "the configuration has no section directory.ldap"));
  }
}
