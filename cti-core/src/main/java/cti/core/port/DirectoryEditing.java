package cti.core.port;

import cti.core.directory.StaffField;
import cti.core.directory.StaffReading.FieldFault;
import cti.core.directory.StaffRecord;
import cti.core.id.StaffId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Edits of single people by hand. Each is audited and in use with the next call. Everything blocks
 * and throws {@link StoreUnavailableException}.
 */
public interface DirectoryEditing {
  Optional<StaffRecord> find(StaffId staff);

  /** Puts somebody new on record. */
  Edited create(Map<StaffField, String> texts, String by);

  /**
   * Gives a person these facts; the employee number stays.
   *
   * @param version that of the person as the editor saw them
   */
  Edited change(StaffId staff, Map<StaffField, String> texts, String version, String by);

  /** Retires a person: their office lines are free from now on, and stay on record. */
  Edited retire(StaffId staff, String version, String by);

  /** Makes a retired person active again, with the numbers that they had. */
  Edited reinstate(StaffId staff, String version, String by);

  /** Takes a person off the directory whom no incident names. */
  Edited remove(StaffId staff, String version, String by);

  /** What came of an edit; where it is not Done, nothing was written. */
  sealed interface Edited {
    record Done(StaffRecord now) implements Edited {}

    record Removed() implements Edited {}

    record Faulty(List<FieldFault> faults) implements Edited {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }

    /** {@code staff}: is on record already. */
    record AlreadyThere(StaffId staff) implements Edited {}

    record NoSuchPerson(StaffId staff) implements Edited {}

    /** Somebody changed the person meanwhile. */
    record Outdated(StaffRecord now) implements Edited {}

    /**
     * The state does not allow it.
     *
     * @param id stable, such as is-retired
     */
    record Refused(String id, String reason) implements Edited {}
  }
}
