package cti.core.port;

import cti.core.id.MissedCaseId;
import java.util.Set;

/** Is told which missed cases were made, changed or struck, once that is on record. */
@FunctionalInterface
public interface MissedCaseNews {
  MissedCaseNews NOBODY = cases -> {};

  /** Never blocks; called by whoever changed them. */
  void changed(Set<MissedCaseId> cases);
}
