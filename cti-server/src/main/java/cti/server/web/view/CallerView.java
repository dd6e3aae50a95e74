package cti.server.web.view;

import cti.core.directory.StaffMember;
import cti.core.id.StaffId;
import cti.core.port.DirectoryLookup;
import cti.server.web.http.Words;
import java.util.List;

/** Somebody who may be calling, in short. */
public record CallerView(String staff, String name, String department, boolean vip, String status) {
  static CallerView of(StaffMember member) {
    return new CallerView(
        member.id().value(),
        member.name(),
        member.department().toString(),
        member.vip(),
        Words.of(member.status()));
  }

  /** All of them; somebody who has left the directory since is shown by number alone. */
  static List<CallerView> of(List<StaffId> matches, DirectoryLookup directory) {
    return matches.stream()
        .map(
            id ->
                directory
                    .byId(id)
                    .map(CallerView::of)
                    .orElseGet(() -> new CallerView(id.value(), "", "", false, "unknown")))
        .toList();
  }
}
