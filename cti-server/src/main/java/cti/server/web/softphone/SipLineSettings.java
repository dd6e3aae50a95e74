package cti.server.web.softphone;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the gateway takes SIP over WebSocket (RFC 7118).
 *
 * @param address ws:// or wss://, as this server reaches it
 * @param trustCertificate a PEM file; absent to trust what the JDK trusts
 * @param iceServers that browsers ask for their own address
 * @param relays for browsers that reach the gateway by no way of their own
 * @param callers whether anybody may call the hotline on the page /try
 */
public record SipLineSettings(
    URI address,
    Optional<Path> trustCertificate,
    List<String> iceServers,
    Optional<TurnRelays> relays,
    boolean callers) {
  public SipLineSettings {
    iceServers = List.copyOf(iceServers);
  }

  /** What a browser is told to ask; of relays with credentials of its own. */
  List<IceServerView> iceServersFor(String account, Instant now) {
    List<IceServerView> all = new ArrayList<>();
    iceServers.forEach(one -> all.add(new IceServerView(List.of(one))));
    relays.ifPresent(some -> all.add(some.forBrowser(account, now)));
    return all;
  }
}
