package cti.server.config;

import java.net.InetAddress;
import java.time.Duration;

/**
 * Where the gateway's FastAGI requests are served.
 *
 * @param mostSessions callers in the flow at a time; further ones hear the fallback
 * @param readLimit the longest wait for an answer of the gateway
 */
public record AgiConfig(InetAddress bindAddress, int port, int mostSessions, Duration readLimit) {}
