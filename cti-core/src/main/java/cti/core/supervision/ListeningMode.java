package cti.core.supervision;

/** Who hears a supervisor who listens to a talk. */
public enum ListeningMode {
  /** Nobody. */
  LISTEN,
  /** The agent alone. */
  WHISPER,
  /** The agent and whoever they talk to. */
  BARGE
}
