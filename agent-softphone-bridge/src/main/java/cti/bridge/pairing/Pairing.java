package cti.bridge.pairing;

import java.net.URI;

/**
 * That this computer was paired, with what and as whom.
 *
 * @param server such as https://cti.example; never ends with a slash
 * @param bridge the number that the server has it under
 * @param agent whom it acts for
 */
public record Pairing(URI server, String bridge, String agent, String token) {
  /** Never shows the token. */
  @Override
  public String toString() {
    return "bridge " + bridge + " of agent " + agent + " at " + server;
  }
}
