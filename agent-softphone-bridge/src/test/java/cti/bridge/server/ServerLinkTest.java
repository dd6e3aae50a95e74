package cti.bridge.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.bridge.pairing.Pairing;
import cti.bridge.pairing.PairingFile;
import cti.bridge.phone.Outcome;
import cti.bridge.server.ServerStatus.State;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ServerLinkTest {
  private static final String POP = "{'id':'p1','call':'c1','agent':'1001','number':'139'}";
  @TempDir Path home;
  private final List<String> pops = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private FakeServer server;
  private ServerHttp http;
  private PairingFile file;
  private ServerLink link;

  /** How far the clock went on while nothing ran. */
  private volatile Duration slept = Duration.ZERO;

  /** Where the computer is. */
  private volatile InetAddress network = InetAddress.ofLiteral("192.0.2.10");

  @BeforeEach
  void begin() throws IOException {
    server = new FakeServer();
    file = new PairingFile(home);
    http = ServerHttp.trusting(Optional.empty());
    link =
        new ServerLink(
            file,
            http,
            new ServerListener() {
              @Override
              public void pop(JsonNode pop, long nanos) {
                pops.add(pop.path("id").asString());
              }

              @Override
              public void call(JsonNode call, long nanos) {
                calls.add(call.path("id").asString() + " " + call.path("phase").asString());
              }

              @Override
              public void changed() {
                // Looked at by the tests.
              }
            },
            () -> Instant.now().plus(slept),
            () -> Set.of(network));
  }

  @AfterEach
  void end() throws IOException {
    link.close();
    http.close();
    server.close();
  }

  private void pair(String token) throws IOException {
    file.write(new Pairing(server.address(), "1", "1001", token));
  }

  private void live(String epoch, int seq) throws Exception {
    assertEquals("subscribe", server.next().path("op").asString());
    server.send(
        "{'type':'snapshot','epoch':'%s','seq':%d,'calls':[],'pops':[]}".formatted(epoch, seq));
    server.send(
        "{'type':'live','epoch':'%s','seq':%d,'resumed':false,'replayed':0}".formatted(epoch, seq));
    await().until(() -> link.status().state() == State.LIVE);
  }

  @Test
  void aBridgeThatIsNotPairedWaitsUntilItIs() throws Exception {
    link.start();
    await().until(() -> link.status().state() == State.NOT_PAIRED);
    pair("t1");
    live("e1", 7);
    assertEquals(List.of("Bearer t1"), server.authorizations);
    assertEquals("1001", link.pairing().orElseThrow().agent());
  }

  @Test
  void onlyTheAgentsOwnPopsAndCallsCount() throws Exception {
    pair("t1");
    link.start();
    live("e1", 7);
    server.send("{'type':'pop','seq':8,'pop':" + POP + "}");
    server.send("{'type':'pop','seq':8,'pop':{'id':'p2','call':'c2','agent':'1002'}}");
    server.send(
        "{'type':'changes','after':7,'seq':9,'frames':[{'type':'call','seq':8,'call':"
            + "{'id':'c1','agent':'1001','phase':'talking','parts':[]}},{'type':'call','seq':9,"
            + "'call':{'id':'c2','agent':'1002','phase':'talking','parts':[]}}]}");
    await().until(() -> calls.size() == 1);
    assertEquals(List.of("p1"), pops);
    assertEquals(List.of("c1 talking"), calls);
    assertEquals(1, link.calls().size());
    server.send(
        "{'type':'call','seq':10,'call':{'id':'c1','agent':'1001','phase':'ended','parts':[],"
            + "'end':{'outcome':'answered'}}}");
    await().until(() -> link.calls().isEmpty());
  }

  @Test
  void whatBrokeIsGoneOnWithFromTheLastNumber() throws Exception {
    pair("t1");
    link.start();
    live("e1", 7);
    server.send("{'type':'changes','after':7,'seq':12,'frames':[]}");
    server.send("{'type':'pop','seq':30,'pop':" + POP + "}");
    await().until(() -> pops.size() == 1);
    server.cut();
    JsonNode again = server.next();
    assertEquals("e1", again.at("/resume/epoch").asString());
    assertEquals(12, again.at("/resume/seq").asInt(), "not that of a pop");
    server.send("{'type':'live','epoch':'e1','seq':15,'resumed':true,'replayed':3}");
    await().until(() -> link.status().detail().contains("3 frames"));
    // A stop of the server, and another run of it.
    server.close(1001);
    JsonNode third = server.next();
    assertEquals(15, third.at("/resume/seq").asInt());
  }

  /** What waits counts no time that was slept through: the clock tells. */
  @Test
  void afterASleepItConnectsAnewAtOnceAndGoesOn() throws Exception {
    pair("t1");
    link.start();
    live("e1", 7);
    slept = Duration.ofHours(1);
    await().atMost(Duration.ofSeconds(20)).until(() -> link.status().state() == State.AWAY);
    assertEquals("the computer slept, or its clock was set", link.status().detail());
    assertEquals(7, server.next().at("/resume/seq").asInt());
  }

  /** On another network the server is asked first: it may well be that nothing broke. */
  @Test
  void onAnotherNetworkItConnectsAnewOnlyWhereTheServerHearsItNoMore() throws Exception {
    pair("t1");
    link.start();
    live("e1", 7);
    network = InetAddress.ofLiteral("198.51.100.10");
    await().atMost(Duration.ofSeconds(20)).until(() -> server.pings.get() == 1);
    server.send("{'type':'pop','seq':8,'pop':" + POP + "}");
    await().until(() -> pops.size() == 1);
    server.deaf = true;
    network = InetAddress.ofLiteral("203.0.113.10");
    await().atMost(Duration.ofSeconds(20)).until(() -> link.status().state() == State.AWAY);
    assertEquals(
        "this computer is on another network, and the server does not answer",
        link.status().detail());
    assertEquals(7, server.next().at("/resume/seq").asInt());
    assertEquals(2, server.authorizations.size());
  }

  @Test
  void aCallThatIsGoneInASnapshotIsOver() throws Exception {
    pair("t1");
    link.start();
    live("e1", 7);
    server.send(
        "{'type':'call','seq':8,'call':{'id':'c1','agent':'1001','phase':'talking','parts':[]}}");
    await().until(() -> link.calls().size() == 1);
    server.cut();
    live("e2", 1);
    await().until(() -> link.calls().isEmpty());
  }

  @Test
  void aRevokedTokenIsNotTriedAgainUntilItIsAnotherOne() throws Exception {
    pair("t1");
    server.status = 401;
    link.start();
    await().until(() -> link.status().state() == State.REVOKED);
    server.status = 101;
    pair("t2");
    live("e1", 7);
    assertEquals(List.of("Bearer t1", "Bearer t2"), server.authorizations);
  }

  @Test
  void whatIsNoJsonEndsTheStreamAndItIsBegunAnew() throws Exception {
    pair("t1");
    link.start();
    live("e1", 7);
    server.send("hello");
    await().until(() -> link.status().detail().contains("no JSON"));
    assertEquals(7, server.next().at("/resume/seq").asInt());
  }

  @Test
  void aServerThatIsAwayIsTriedAgain() throws Exception {
    pair("t1");
    server.status = 503;
    link.start();
    await().until(() -> link.status().state() == State.AWAY);
    assertTrue(link.status().detail().endsWith("answered 503 instead of a stream"));
    server.status = 101;
    live("e1", 7);
  }

  @Test
  void commandsAreAnsweredOrRefusedAndNeverHang() throws Exception {
    pair("t1");
    link.start();
    assertEquals("server-away", id(link.command(Map.of("command", "dial"))));
    live("e1", 7);
    CompletableFuture<Outcome> dial = link.command(Map.of("command", "dial", "number", "8005"));
    JsonNode asked = server.next();
    assertEquals("8005", asked.path("number").asString());
    server.send("{'type':'reply','id':'" + asked.path("id").asString() + "','ok':true}");
    assertEquals(new Outcome.Done(), dial.join());
    CompletableFuture<Outcome> hold = link.command(Map.of("command", "hold", "call", "c1"));
    String second = server.next().path("id").asString();
    server.send(
        "{'type':'reply','id':'"
            + second
            + "','ok':false,'refusal':{'id':'no-such-call','message':'m'}}");
    assertEquals("no-such-call", id(hold));
    CompletableFuture<Outcome> lost = link.command(Map.of("command", "hold", "call", "c1"));
    server.next();
    server.cut();
    assertEquals("server-away", id(lost));
    assertFalse(link.pairing().toString().contains("t1"), "the token is never shown");
  }

  private static String id(CompletableFuture<Outcome> outcome) {
    return assertInstanceOf(Outcome.Refused.class, outcome.join()).id();
  }
}
