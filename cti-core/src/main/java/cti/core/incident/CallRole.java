package cti.core.incident;

/** What a linked call is to an incident. */
public enum CallRole {
  OPENED_FROM,
  RELATED,
  CALLBACK
}
