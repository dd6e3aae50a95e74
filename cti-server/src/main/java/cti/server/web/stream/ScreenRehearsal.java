package cti.server.web.stream;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.port.JournalRecord;
import cti.server.web.view.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes of records what the screen of an agent would be sent, in a picture of its own: nobody is
 * sent it.
 */
public final class ScreenRehearsal {
  private final LivePicture picture;
  private final Scope scope;

  /**
   * @param names of desks and people
   * @param agent whose screen it is
   * @param desk where the agent sits
   */
  public ScreenRehearsal(Views names, AgentId agent, DeskId desk) {
    this.picture = new LivePicture(names, (call, matches, number) -> {});
    this.scope = new Scope(false, Optional.of(agent), Set.of(desk));
  }

  /**
   * Folds a record.
   *
   * @return the topics of what the screen would be sent
   */
  public List<String> show(JournalRecord record) {
    List<String> topics = new ArrayList<>();
    for (Frame frame : picture.apply(record, 0)) {
      if (!frame.isNothing() && scope.sees(frame.audience())) {
        Parcel parcel = Parcel.messages(List.of(frame.part(scope)), 0);
        parcel.bytes().release();
        topics.add(frame.topic().name());
      }
    }
    return topics;
  }
}
