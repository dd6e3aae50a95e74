package cti.core.directory;

/**
 * A person as they are on record.
 *
 * @param source who keeps them, such as ldap; empty for people who are kept by hand
 */
public record StaffRecord(StaffMember member, String source) {
  /** Another one than yesterday's where anything about them changed: for optimistic locking. */
  public String version() {
    return Fingerprint.of(StaffField.texts(member));
  }
}
