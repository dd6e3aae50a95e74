package cti.server.web.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a request came from: who has the connection or, where that is a proxy of ours, whom the
 * proxy says it had the request from ({@code X-Forwarded-For}: client, proxy, proxy; each adds its
 * own peer at the end). What stands before the first that is no proxy of ours anybody can have
 * written.
 *
 * @param proxies of ours, whose word is taken
 */
public record ClientAddress(Set<InetAddress> proxies) {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  public ClientAddress {
    proxies = Set.copyOf(proxies);
  }

  /** As an IP address without a name; that of the proxy where it says nothing that can be read. */
  String of(InetAddress peer, HttpHeaders headers) {
    InetAddress client = peer;
    List<String> told =
        headers.getAll(FORWARDED_FOR).stream()
            .flatMap(line -> Stream.of(line.split(",")))
            .map(String::strip)
            .toList();
    for (int i = told.size() - 1; i >= 0 && proxies.contains(client); i--) {
      try {
        client = InetAddress.ofLiteral(told.get(i));
      } catch (IllegalArgumentException noAddress) {
        // "unknown", or a name: the last that is known stands for it.
        break;
      }
    }
    return client.getHostAddress();
  }
}
