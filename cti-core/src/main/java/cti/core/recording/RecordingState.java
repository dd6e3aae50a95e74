package cti.core.recording;

/** What is known of a recording's file. */
public enum RecordingState {
  /** It is being written. */
  RECORDING,
  /** Nothing more is written; nobody has looked at the file yet. */
  STOPPED,
  /** Nobody saw its end; the file tells it. */
  END_UNSEEN,
  /** The file is there, looked at and summed up. */
  STORED,
  /** There is no such file; it is looked for again. */
  MISSING,
  /** Its time is over; the file goes next. */
  DELETING,
  /** The file is gone because its time was over. */
  DELETED
}
