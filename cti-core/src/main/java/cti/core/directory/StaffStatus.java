package cti.core.directory;

/** Whether a person works here, worked here (退休), or works for somebody else (外协). */
public enum StaffStatus {
  ACTIVE,
  RETIRED,
  EXTERNAL
}
