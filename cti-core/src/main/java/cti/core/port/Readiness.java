package cti.core.port;

import java.util.List;

/** Whether the server can do its work now. Never blocks. */
@FunctionalInterface
public interface Readiness {
  /** One short reason for each thing that is away; empty where the server is ready. */
  List<Reason> reasons();

  /** What will become a reason unless somebody acts; the server still does its work. */
  default List<Reason> warnings() {
    return List.of();
  }

  /**
   * {@code id} is stable, for programs: database, gateway, journal, disk; {@code detail} for
   * people.
   */
  record Reason(String id, String detail) {}
}
