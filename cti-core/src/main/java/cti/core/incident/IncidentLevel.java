package cti.core.incident;

/** How bad it is; the time limits stand in the desk's policy. */
public enum IncidentLevel {
  I,
  II,
  III,
  IV
}
