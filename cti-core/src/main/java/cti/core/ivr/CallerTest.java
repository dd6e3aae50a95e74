package cti.core.ivr;

import cti.core.id.DeskId;
import cti.core.routing.CallerKind;
import java.util.Set;

/** What a condition node can ask about the call. */
public sealed interface CallerTest {
  /** The caller is one of these kinds. */
  record KindIs(Set<CallerKind> kinds) implements CallerTest {
    public KindIs {
      kinds = Set.copyOf(kinds);
    }
  }

  /** The call was given one of these desks. */
  record DeskIs(Set<DeskId> desks) implements CallerTest {
    public DeskIs {
      desks = Set.copyOf(desks);
    }
  }
}
