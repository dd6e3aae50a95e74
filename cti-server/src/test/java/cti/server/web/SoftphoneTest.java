package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.GatewaySoftphones;
import cti.server.web.WebFixture.User;
import cti.server.web.softphone.SipLineSettings;
import cti.server.web.softphone.TurnRelays;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Phones in browsers: whose they are, their passwords, the way to the gateway, the demo's callers.
 */
class SoftphoneTest {
  /** A gateway's WebSocket that sends back what it gets. */
  private static final class Echo implements AutoCloseable {
    private final EventLoopGroup threads =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listener;

    Echo() {
      listener =
          new ServerBootstrap()
              .group(threads)
              .channel(NioServerSocketChannel.class)
              .childHandler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      channel
                          .pipeline()
                          .addLast(new HttpServerCodec())
                          .addLast(new HttpObjectAggregator(8_192))
                          .addLast(new WebSocketServerProtocolHandler("/ws", "sip"))
                          .addLast(
                              new SimpleChannelInboundHandler<TextWebSocketFrame>() {
                                @Override
                                protected void channelRead0(
                                    ChannelHandlerContext ctx, TextWebSocketFrame frame) {
                                  ctx.writeAndFlush(new TextWebSocketFrame("echo " + frame.text()));
                                }
                              });
                    }
                  })
              .bind(new InetSocketAddress("127.0.0.1", 0))
              .syncUninterruptibly()
              .channel();
    }

    URI address() {
      return URI.create(
          "ws://127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort() + "/ws");
    }

    @Override
    public void close() {
      if (!threads.isShuttingDown()) {
        listener.close().syncUninterruptibly();
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
      }
    }
  }

  /** What a gateway keeps. */
  private static final class Kept implements GatewaySoftphones {
    final Map<String, Account> entries = new ConcurrentSkipListMap<>();
    volatile boolean takesNone;
    volatile boolean away;

    @Override
    public CompletionStage<Void> write(Account account) {
      if (takesNone || away) {
        return CompletableFuture.failedFuture(new NotTaken("the link is lost", away));
      }
      entries.put(account.name(), account);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> remove(String name) {
      entries.remove(name);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<List<String>> names() {
      return CompletableFuture.completedFuture(List.copyOf(entries.keySet()));
    }
  }

  private final Echo gateway = new Echo();
  private final Kept memory = new Kept();
  private WebFixture web = fixture(false);

  private WebFixture fixture(boolean callers) {
    return new WebFixture(
        new WebPorts.BrowserPhones(
            Optional.of(
                new SipLineSettings(
                    gateway.address(),
                    Optional.empty(),
                    List.of("stun:stun.example:3478"),
                    Optional.of(
                        new TurnRelays(
                            List.of("turn:turn.example:3478?transport=udp"),
                            "north",
                            Duration.ofHours(12))),
                    callers)),
            memory));
  }

  private void demo() {
    web.close();
    web = fixture(true);
  }

  @AfterEach
  void stop() {
    web.close();
    gateway.close();
  }

  private HttpResponse<String> ask(User user, String extension) {
    return web.send("POST", "/api/v1/softphone", "{\"extension\":\"" + extension + "\"}", user);
  }

  private static String type(HttpResponse<String> answer) {
    return WebFixture.json(answer).get("type").asString();
  }

  @Test
  void aPhoneIsMadeForTheSessionAndGoesWithIt() {
    User agent = web.signIn("agent1");
    HttpResponse<String> answer = ask(agent, "8041");
    assertEquals(201, answer.statusCode(), answer.body());
    JsonNode phone = WebFixture.json(answer);
    assertEquals("cti-web-8041", phone.get("user").asString());
    assertEquals("/api/v1/softphone/sip", phone.get("path").asString());
    assertEquals("stun:stun.example:3478", phone.at("/iceServers/0/urls/0").asString());
    assertFalse(phone.at("/iceServers/0").has("credential"), "that asks for nothing");
    GatewaySoftphones.Account account = memory.entries.get("cti-web-8041");
    assertEquals(phone.get("password").asString(), account.password());
    assertEquals("8041", account.number());
    assertEquals("cti-softphone", account.context());

    assertEquals(204, web.send("DELETE", "/api/v1/session", "", agent).statusCode());
    assertTrue(memory.entries.isEmpty(), memory.entries.toString());
  }

  @Test
  void askedAgainItIsTheSamePasswordAndAnotherOneLater() {
    User agent = web.signIn("agent1");
    String first = WebFixture.json(ask(agent, "8041")).get("password").asString();
    memory.entries.clear();
    assertEquals(first, WebFixture.json(ask(agent, "8041")).get("password").asString());
    assertEquals(1, memory.entries.size(), "a gateway that lost it has it again");
    web.clock.advance(Duration.ofMinutes(21));
    String later = WebFixture.json(ask(agent, "8041")).get("password").asString();
    assertFalse(first.equals(later));
    assertEquals(later, memory.entries.get("cti-web-8041").password());
  }

  /**
   * The name ends when its time does, and its code is what a relay makes of it: {@code printf %s
   * NAME | openssl dgst -sha1 -hmac north -binary | base64}.
   */
  @Test
  void eachPhoneHasItsOwnCredentialsForTheRelays() throws Exception {
    JsonNode relay = WebFixture.json(ask(web.signIn("agent1"), "8041")).at("/iceServers/1");
    assertEquals("turn:turn.example:3478?transport=udp", relay.at("/urls/0").asString());
    long end = web.clock.instant().plus(Duration.ofHours(12)).getEpochSecond();
    assertEquals(end + ":cti-web-8041", relay.get("username").asString());
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec("north".getBytes(), "HmacSHA1"));
    String code =
        Base64.getEncoder().encodeToString(mac.doFinal((end + ":cti-web-8041").getBytes()));
    assertEquals(code, relay.get("credential").asString());

    web.clock.advance(Duration.ofMinutes(5));
    JsonNode other = WebFixture.json(ask(web.signIn("agent2"), "8042")).at("/iceServers/1");
    assertEquals(end + 300 + ":cti-web-8042", other.get("username").asString());
    assertFalse(code.equals(other.get("credential").asString()));
  }

  @Test
  void theSecretOfTheRelaysIsNeverShown() {
    TurnRelays relays = new TurnRelays(List.of("turn:t.example"), "north", Duration.ofHours(1));
    SipLineSettings settings =
        new SipLineSettings(
            gateway.address(), Optional.empty(), List.of(), Optional.of(relays), false);
    assertTrue(settings.toString().contains("turn:t.example"), settings.toString());
    assertFalse(settings.toString().contains("north"), settings.toString());
  }

  @Test
  void anotherNumberTakesTheFirstOneAway() {
    User agent = web.signIn("agent1");
    ask(agent, "8041");
    ask(agent, "8042");
    assertFalse(memory.entries.containsKey("cti-web-8041"));
    assertTrue(memory.entries.containsKey("cti-web-8042"));
  }

  @Test
  void nobodyGetsAnothersOwnPhone() {
    web.phones.save(
        new cti.core.id.AgentId("1002"),
        Optional.of(new cti.core.id.Extension("8006")),
        Optional.empty(),
        "admin");
    HttpResponse<String> answer = ask(web.signIn("agent1"), "8006");
    assertEquals(409, answer.statusCode());
    assertEquals("extension-taken", type(answer));
    assertTrue(memory.entries.isEmpty());
  }

  @Test
  void whatIsNoNumberOrNobodysIsRefused() {
    assertEquals(422, ask(web.signIn("agent1"), "80 41").statusCode());
    assertEquals("no-agent", type(ask(web.signIn("admin"), "8041")));
    assertEquals(401, ask(User.NOBODY, "8041").statusCode());
    memory.takesNone = true;
    assertEquals("no-softphones", type(ask(web.signIn("agent1"), "8041")));
    memory.away = true;
    HttpResponse<String> away = ask(web.signIn("agent1"), "8041");
    assertEquals(503, away.statusCode());
    assertEquals("gateway-away", type(away));
  }

  @Test
  void whereNoGatewayIsNamedThereAreNone() {
    try (WebFixture without = new WebFixture()) {
      User agent = without.signIn("agent1");
      assertEquals(
          false,
          WebFixture.json(without.send("GET", "/api/v1/softphone", "", agent))
              .get("available")
              .asBoolean());
      HttpResponse<String> answer =
          without.send("POST", "/api/v1/softphone", "{\"extension\":\"8041\"}", agent);
      assertEquals("no-softphones", type(answer));
    }
  }

  private final class Sip implements WebSocket.Listener {
    final CompletableFuture<String> text = new CompletableFuture<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.complete(data.toString());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }
  }

  private WebSocket open(String path, User user, Sip sip) {
    WebSocket.Builder builder =
        HttpClient.newHttpClient().newWebSocketBuilder().subprotocols("sip");
    if (!user.equals(User.NOBODY)) {
      builder.header("Authorization", "Bearer " + user.token());
    }
    return builder.buildAsync(URI.create("ws://127.0.0.1:" + web.port + path), sip).join();
  }

  private static int refusal(Runnable opening) {
    try {
      opening.run();
    } catch (CompletionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
    return 101;
  }

  @Test
  void sipGoesToTheGatewayAndBackAndEndsWithThePhone() throws Exception {
    User agent = web.signIn("agent1");
    assertEquals(409, refusal(() -> open("/api/v1/softphone/sip", agent, new Sip())));
    assertEquals(401, refusal(() -> open("/api/v1/softphone/sip", User.NOBODY, new Sip())));
    ask(agent, "8041");
    Sip sip = new Sip();
    WebSocket socket = open("/api/v1/softphone/sip", agent, sip);
    assertEquals("sip", socket.getSubprotocol());
    socket.sendText("OPTIONS sip:x SIP/2.0\r\n\r\n", true).join();
    assertEquals("echo OPTIONS sip:x SIP/2.0\r\n\r\n", sip.text.get(5, TimeUnit.SECONDS));

    Sip newer = new Sip();
    open("/api/v1/softphone/sip", agent, newer);
    assertEquals(4409, sip.closed.get(5, TimeUnit.SECONDS), "another window has it");
    assertEquals(204, web.send("DELETE", "/api/v1/softphone", "", agent).statusCode());
    assertEquals(4401, newer.closed.get(5, TimeUnit.SECONDS));
  }

  @Test
  void aGatewayThatCannotBeReachedIsSaidSo() {
    User agent = web.signIn("agent1");
    ask(agent, "8041");
    gateway.close();
    assertEquals(503, refusal(() -> open("/api/v1/softphone/sip", agent, new Sip())));
  }

  @Test
  void aBrowserTellsOfItsOwnPhoneAlone() {
    User agent = web.signIn("agent1");
    String report = "{\"extension\":\"8041\",\"registered\":true}";
    assertEquals("no-bridge", type(web.send("PUT", "/api/v1/me/phone", report, agent)));
    ask(agent, "8041");
    open("/api/v1/softphone/sip", agent, new Sip());
    assertEquals(204, web.send("PUT", "/api/v1/me/phone", report, agent).statusCode());
    JsonNode mine = WebFixture.json(web.send("GET", "/api/v1/softphone", "", agent));
    assertEquals("1001", mine.at("/items/0/agent").asString());
    assertTrue(mine.at("/items/0/phone/registered").asBoolean());
    JsonNode others =
        WebFixture.json(web.send("GET", "/api/v1/softphone", "", web.signIn("agent2")));
    assertEquals(0, others.get("items").size());
    JsonNode supervisors =
        WebFixture.json(web.send("GET", "/api/v1/softphone", "", web.signIn("supervisor")));
    assertEquals(1, supervisors.get("items").size());
  }

  @Test
  void outsideTheDemoNobodyCallsTheHotline() {
    for (String path : List.of("/try", "/api/v1/try", "/try.html")) {
      assertEquals(404, web.send("GET", path, "", User.NOBODY).statusCode(), path);
    }
    HttpResponse<String> answer =
        web.send("POST", "/api/v1/try", "{\"number\":\"13900000019\"}", User.NOBODY);
    assertEquals(404, answer.statusCode());
    assertEquals("no-try", type(answer));
    assertTrue(answer.body().contains("./cti demo"), answer.body());
    assertTrue(memory.entries.isEmpty(), "no account was made");
    assertEquals(404, refusal(() -> open("/api/v1/try/sip?ticket=x", User.NOBODY, new Sip())));
  }

  @Test
  void inTheDemoACallerGetsALineIntoTheHotline() throws Exception {
    demo();
    HttpResponse<String> page = web.send("GET", "/try", "", User.NOBODY);
    assertEquals(200, page.statusCode());
    assertTrue(page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
    assertEquals(404, web.send("GET", "/try.html", "", User.NOBODY).statusCode());
    assertEquals(200, web.send("GET", "/api/v1/try", "", User.NOBODY).statusCode());
    JsonNode line =
        WebFixture.json(
            web.send("POST", "/api/v1/try", "{\"number\":\"13900000019\"}", User.NOBODY));
    GatewaySoftphones.Account account = memory.entries.get(line.get("user").asString());
    assertEquals("cti-hotline", account.context());
    assertEquals("13900000019", account.number());
    Sip sip = new Sip();
    WebSocket socket = open(line.get("path").asString(), User.NOBODY, sip);
    socket.sendText("INVITE", true).join();
    assertEquals("echo INVITE", sip.text.get(5, TimeUnit.SECONDS));
    assertEquals(409, refusal(() -> open("/api/v1/try/sip?ticket=x", User.NOBODY, new Sip())));
    assertEquals(
        422, web.send("POST", "/api/v1/try", "{\"number\":\"1;x\"}", User.NOBODY).statusCode());
    int made = 1;
    while (web.send("POST", "/api/v1/try", "{\"number\":\"13900000019\"}", User.NOBODY).statusCode()
        == 201) {
      made++;
    }
    assertEquals(8, made, "callers at a time");
  }

  /** A talk goes on while the server is away; the page then comes back for the same line. */
  @Test
  void aCallerHasTheSameLineAgainAlsoOfAServerThatStartedAnew() throws Exception {
    demo();
    JsonNode line =
        WebFixture.json(
            web.send("POST", "/api/v1/try", "{\"number\":\"13900000019\"}", User.NOBODY));
    String ticket = line.get("path").asString().replaceFirst(".*=", "");
    String again = "{\"number\":\"13900000019\",\"ticket\":\"" + ticket + "\"}";
    JsonNode same = WebFixture.json(web.send("POST", "/api/v1/try", again, User.NOBODY));
    assertEquals(line.get("password"), same.get("password"), "it is there still");
    demo();
    assertEquals(
        409, refusal(() -> open(line.get("path").asString(), User.NOBODY, new Sip())), "not known");
    JsonNode anew = WebFixture.json(web.send("POST", "/api/v1/try", again, User.NOBODY));
    assertEquals(line.get("user"), anew.get("user"));
    assertEquals(line.get("path"), anew.get("path"));
    assertFalse(line.get("password").equals(anew.get("password")));
    assertEquals(
        anew.get("password").asString(),
        memory.entries.get(line.get("user").asString()).password());
    Sip sip = new Sip();
    open(line.get("path").asString(), User.NOBODY, sip).sendText("INVITE", true).join();
    assertEquals("echo INVITE", sip.text.get(5, TimeUnit.SECONDS));
    HttpResponse<String> chosen =
        web.send("POST", "/api/v1/try", "{\"number\":\"139\",\"ticket\":\"mine\"}", User.NOBODY);
    assertEquals(422, chosen.statusCode());
    assertTrue(chosen.body().contains("mine"), chosen.body());
  }

  @Test
  void anAgentIsNotHeardOfByATicketNorACallerByASession() {
    demo();
    User agent = web.signIn("agent1");
    ask(agent, "8041");
    assertEquals(
        409,
        refusal(() -> open("/api/v1/try/sip?ticket=" + "cti-web-8041", User.NOBODY, new Sip())));
    assertEquals(Set.of("cti-web-8041"), memory.entries.keySet());
  }
}
