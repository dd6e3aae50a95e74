package cti.server.web.softphone;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the gateway takes SIP over WebSocket (RFC 7118).
 *
 * @param address ws:// or wss://, as this server reaches it
 * @param trustCertificate a PEM file; absent to trust what the JDK trusts
 * @param iceServers that browsers ask for their own address
 * @param callers whether anybody may call the hotline on the page /try
 */
public record SipLineSettings(
    URI address, Optional<Path> trustCertificate, List<String> iceServers, boolean callers) {
  public SipLineSettings {
    iceServers = List.copyOf(iceServers);
  }
}
