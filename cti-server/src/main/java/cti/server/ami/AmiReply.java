package cti.server.ami;

import java.util.List;

/**
 * The gateway's answer to one action.
 *
 * @param response the response itself
 * @param events the events of a list answer in order, its closing one included; empty for others
 */
public record AmiReply(AmiMessage response, List<AmiMessage> events) {
  /** False where the gateway refused the action; {@link #message()} says why. */
  public boolean success() {
    return !"Error".equalsIgnoreCase(response.get("Response"));
  }

  /** The gateway's own words, or an empty text. */
  public String message() {
    String message = response.get("Message");
    return message == null ? "" : message;
  }
}
