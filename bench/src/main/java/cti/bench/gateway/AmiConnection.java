package cti.bench.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** One manager session: greeting, login by challenge, then actions. Gets lines of text. */
final class AmiConnection extends SimpleChannelInboundHandler<String> {
  private static final String CHALLENGE = "271828182";

  private final SyntheticGateway gateway;
  private final String secret;
  private final Map<String, String> action = new LinkedHashMap<>();
  private ChannelHandlerContext context;
  private boolean loggedIn;

  AmiConnection(SyntheticGateway gateway, String secret) {
    this.gateway = gateway;
    this.secret = secret;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    gateway.connected();
    send("Asterisk Call Manager/11.0.0\r\n");
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    gateway.left(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    gateway.complain("manager session: " + cause);
    ctx.close();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, String line) {
    if (line.isEmpty()) {
      if (!action.isEmpty()) {
        Map<String, String> whole = Map.copyOf(action);
        action.clear();
        handle(whole);
      }
      return;
    }
    int colon = line.indexOf(':');
    if (colon > 0) {
      action.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
  }

  private void handle(Map<String, String> headers) {
    String name = headers.getOrDefault("Action", "");
    String id = headers.getOrDefault("ActionID", "");
    switch (name) {
      case "Challenge" -> respond("Success", id, "Challenge: " + CHALLENGE);
      case "Login" -> logIn(headers, id);
      case "Ping" ->
          respond("Success", id, "Ping: Pong\r\nTimestamp: " + SyntheticGateway.timestamp());
      case "Logoff" -> {
        respond("Goodbye", id, "Message: Thanks for all the fish.");
        context.close();
      }
      default -> {
        if (loggedIn) {
          gateway.act(name, headers, id, this);
        } else {
          respond("Error", id, "Message: Permission denied");
        }
      }
    }
  }

  private void logIn(Map<String, String> headers, String id) {
    if (!key().equals(headers.get("Key"))) {
      respond("Error", id, "Message: Authentication failed");
      context.close();
      return;
    }
    loggedIn = true;
    respond("Success", id, "Message: Authentication accepted");
    send(
        "Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 60\r\nLastReload: 60\r\n"
            + "Status: Fully Booted\r\n\r\n");
    gateway.joined(this);
  }

  private String key() {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update((CHALLENGE + secret).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(md5.digest());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("no MD5 here", missing);
    }
  }

  /** The answer to an action; {@code rest} without its last line end. */
  void respond(String response, String actionId, String rest) {
    send(
        "Response: "
            + response
            + "\r\n"
            + (actionId.isEmpty() ? "" : "ActionID: " + actionId + "\r\n")
            + rest
            + "\r\n\r\n");
  }

  void send(String text) {
    ByteBuf out = context.alloc().buffer(text.length());
    out.writeCharSequence(text, StandardCharsets.UTF_8);
    send(out);
  }

  /** Sends and releases. */
  void send(ByteBuf bytes) {
    context.writeAndFlush(bytes);
  }

  ByteBuf buffer() {
    return context.alloc().buffer(32 * 1024);
  }

  /** Bytes that the server has not taken yet. */
  long pendingBytes() {
    return context.channel().unsafe().outboundBuffer() == null
        ? 0
        : context.channel().unsafe().outboundBuffer().totalPendingWriteBytes();
  }

  /** Cuts the connection as a broken line would. */
  void cut() {
    context.close();
  }
}
