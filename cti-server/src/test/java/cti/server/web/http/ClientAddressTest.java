package cti.server.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  private static final ClientAddress CLIENTS =
      new ClientAddress(
          Set.of(InetAddress.ofLiteral("10.0.0.5"), InetAddress.ofLiteral("10.0.0.6")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1 | 198.51.100.7           | 192.0.2.1    | nobody who is no proxy of ours is"
            + " believed",
        "10.0.0.5  |                        | 10.0.0.5     | a proxy that says nothing stands for"
            + " itself",
        "10.0.0.5  | 192.0.2.1              | 192.0.2.1    | the client, by the proxy",
        "10.0.0.5  | 203.0.113.9, 192.0.2.1 | 192.0.2.1    | what the client itself wrote says"
            + " nothing",
        "10.0.0.5  | 192.0.2.1, 10.0.0.6    | 192.0.2.1    | two proxies of ours",
        "10.0.0.5  | 10.0.0.6               | 10.0.0.6     | a proxy that asks for itself",
        "10.0.0.5  | unknown                | 10.0.0.5     | what is no address",
        "10.0.0.5  | 192.0.2.1, unknown     | 10.0.0.5     | and what stands before it",
        "10.0.0.5  | 2001:db8::7            | 2001:db8:0:0:0:0:0:7 | version 6",
      })
  void whereARequestCameFrom(String peer, String forwarded, String client, String why) {
    HttpHeaders headers = new DefaultHttpHeaders();
    if (forwarded != null) {
      headers.add("X-Forwarded-For", forwarded);
    }
    assertEquals(client, CLIENTS.of(InetAddress.ofLiteral(peer), headers), why);
  }

  @Test
  void severalHeadersAreOneList() {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.add("X-Forwarded-For", "203.0.113.9");
    headers.add("X-Forwarded-For", "192.0.2.1");
    assertEquals("192.0.2.1", CLIENTS.of(InetAddress.ofLiteral("10.0.0.6"), headers));
  }
}
