package cti.server.web.softphone;

import java.util.List;
import java.util.Optional;

/**
 * What browsers ask for a way to the gateway: RTCIceServer of WebRTC.
 *
 * @param username of relays (TURN); empty for servers that only tell a browser its address (STUN)
 */
record IceServerView(List<String> urls, Optional<String> username, Optional<String> credential) {
  IceServerView {
    urls = List.copyOf(urls);
  }

  IceServerView(List<String> urls) {
    this(urls, Optional.empty(), Optional.empty());
  }

  IceServerView(List<String> urls, String username, String credential) {
    this(urls, Optional.of(username), Optional.of(credential));
  }

  @Override
  public String toString() {
    return urls + username.map(name -> " " + name + " [REDACTED]").orElse("");
  }
}
