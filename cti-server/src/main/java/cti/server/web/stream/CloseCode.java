package cti.server.web.stream;

/** Why the server closes a stream; each is explained in docs/api/stream.md. */
public enum CloseCode {
  /** The server stops. */
  GOING_AWAY(1001, "server stops"),
  /** A binary frame came. */
  UNSUPPORTED_DATA(1003, "text frames only"),
  /** A message was larger than the limit. */
  TOO_BIG(1009, "message too big"),
  /** The server has too much to do to take the subscription. */
  TRY_AGAIN(1013, "try again later"),
  /** A message was no known frame. */
  BAD_FRAME(4400, "bad frame"),
  /** Signed out, or the session's time is over. */
  SESSION_EXPIRED(4401, "session expired"),
  /** The role may not have this topic. */
  FORBIDDEN_TOPIC(4403, "forbidden topic"),
  /** The client reads more slowly than things happen. */
  TOO_SLOW(4408, "too slow"),
  /** Nothing came from the client for three pings. */
  PEER_SILENT(4410, "no answer to pings");

  private final int code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }
}
