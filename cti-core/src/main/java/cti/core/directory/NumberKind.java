package cti.core.directory;

/** 固话 or mobile. */
public enum NumberKind {
  OFFICE_LINE,
  MOBILE
}
