package cti.server.directory;

import cti.core.directory.StaffField;
import cti.server.directory.sheet.SheetException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Another directory that people come from. */
public interface PeopleSource {
  /** Its name on record, such as ldap. */
  String name();

  /** The facts that it keeps; the others are kept by hand. The status is always among them. */
  Set<StaffField> keeps();

  /**
   * Everybody whom it has now; may take minutes.
   *
   * @throws SheetException where it cannot be asked, or answers in part only
   */
  List<Entry> read(Course course) throws SheetException;

  /**
   * A person as the source has them.
   *
   * @param place names the entry there
   */
  record Entry(String place, Map<StaffField, String> texts) {
    public Entry {
      texts = Map.copyOf(texts);
    }
  }
}
