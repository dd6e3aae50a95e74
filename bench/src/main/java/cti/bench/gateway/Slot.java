package cti.bench.gateway;

/** What differs from call to call in the events of a recording. */
enum Slot {
  /** Seconds and microseconds of the moment of sending. */
  NOW,
  NOW_SECONDS,
  BEGIN_SECONDS,
  CALLER_ID,
  NEAR_LEG_ID,
  FAR_LEG_ID,
  PHONE_ID,
  CALLER_CHANNEL,
  PHONE_CHANNEL,
  LOCAL_CHANNEL,
  PHONE_BRIDGE,
  CALLER_BRIDGE,
  NUMBER,
  EXTENSION,
  MEMBER,
  QUEUE
}
