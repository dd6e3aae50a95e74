package cti.core.engine;

import cti.core.id.StaffId;
import java.util.List;

/** Who may be behind a number, from the directory snapshot of this moment; never blocks. */
@FunctionalInterface
public interface CallerLookup {
  List<StaffId> matches(String presentedNumber);
}
