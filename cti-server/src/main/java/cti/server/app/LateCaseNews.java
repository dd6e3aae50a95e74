package cti.server.app;

import cti.core.id.MissedCaseId;
import cti.core.port.MissedCaseNews;
import java.util.Set;

/** The screens' ear for missed cases, for stores that are made before it. */
final class LateCaseNews implements MissedCaseNews {
  private volatile MissedCaseNews screens = NOBODY;

  void open(MissedCaseNews opened) {
    screens = opened;
  }

  @Override
  public void changed(Set<MissedCaseId> cases) {
    screens.changed(cases);
  }
}
