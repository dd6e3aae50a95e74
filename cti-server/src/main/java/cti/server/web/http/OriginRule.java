package cti.server.web.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/**
 * Which pages may speak to us: those that we served ourselves, and those named in the settings (RFC
 * 6455, 10.2).
 *
 * @param allowed such as https://desk.example, for a proxy that changes the Host header
 */
public record OriginRule(List<String> allowed) {
  public OriginRule {
    allowed = List.copyOf(allowed);
  }

  /** True where there is no Origin header: then no browser's page is behind it. */
  boolean allows(HttpHeaders headers) {
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    if (origin == null) {
      return true;
    }
    String host = headers.get(HttpHeaderNames.HOST, "");
    return allowed.contains(origin)
        || origin.equals("http://" + host)
        || origin.equals("https://" + host);
  }
}
