package cti.core.call;

/** How a caller was handed on. */
public enum TransferKind {
  /** Sent on without asking. */
  BLIND,
  /** After the target was asked. */
  ATTENDED
}
