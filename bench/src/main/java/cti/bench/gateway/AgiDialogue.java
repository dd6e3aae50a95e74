package cti.bench.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One AGI() of the dialplan, as res_agi.c carries it: the request, then an answer to each command.
 * Prompts take no time, and the caller presses one key as soon as a prompt listens for it.
 */
final class AgiDialogue extends SimpleChannelInboundHandler<String> {
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final String script;
  private final PlayedCall call;
  private final char key;
  private final Runnable answered;
  private final Consumer<Map<String, String>> done;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private boolean over;

  /**
   * @param script such as hotline
   * @param answered is told when the flow takes the call
   * @param done is told the channel's variables when the server has closed the connection
   */
  AgiDialogue(
      String script,
      PlayedCall call,
      char key,
      Runnable answered,
      Consumer<Map<String, String>> done) {
    this.script = script;
    this.call = call;
    this.key = key;
    this.answered = answered;
    this.done = done;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    String number = call.get(Slot.NUMBER);
    StringBuilder request = new StringBuilder(512);
    request.append("agi_network: yes\nagi_network_script: ").append(script);
    line(request, "request", "agi://127.0.0.1/" + script);
    line(request, "channel", call.get(Slot.CALLER_CHANNEL));
    line(request, "language", "en");
    line(request, "type", "PJSIP");
    line(request, "uniqueid", call.get(Slot.CALLER_ID));
    line(request, "version", "22.10.0");
    line(request, "callerid", number);
    line(request, "calleridname", number);
    line(request, "callingpres", "0");
    line(request, "callingani2", "0");
    line(request, "callington", "0");
    line(request, "callingtns", "0");
    line(request, "dnid", "8000");
    line(request, "rdnis", "unknown");
    line(request, "context", "cti-hotline");
    line(request, "extension", "8000");
    line(request, "priority", "19");
    line(request, "enhanced", "0.0");
    line(request, "accountcode", "");
    line(request, "threadid", "1");
    line(request, "arg_1", "8000");
    line(request, "arg_2", "");
    line(request, "arg_3", "");
    send(ctx, request.append("\n\n").toString());
  }

  private static void line(StringBuilder request, String name, String value) {
    request.append("\nagi_").append(name).append(": ").append(value);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, String command) {
    if (command.startsWith("SET VARIABLE")) {
      Matcher words = QUOTED.matcher(command);
      String name = words.find() ? words.group(1) : "";
      variables.put(name, words.find() ? words.group(1) : "");
      send(ctx, "200 result=1\n");
    } else if (command.startsWith("EXEC \"MSet\" ")) {
      Matcher words = QUOTED.matcher(command);
      String list = words.find() && words.find() ? words.group(1) : "";
      for (String pair : list.split(",")) {
        int equals = Math.max(0, pair.indexOf('='));
        variables.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
      send(ctx, "200 result=0\n");
    } else if (command.equals("ANSWER")) {
      answered.run();
      send(ctx, "200 result=0\n");
    } else if (command.startsWith("STREAM FILE")) {
      Matcher words = QUOTED.matcher(command);
      boolean listens = words.find() && words.find() && !words.group(1).isEmpty();
      send(ctx, "200 result=" + (listens ? (int) key : 0) + " endpos=8000\n");
    } else if (command.startsWith("WAIT FOR DIGIT")) {
      send(ctx, "200 result=" + (int) key + "\n");
    } else if (command.equals("CHANNEL STATUS")) {
      send(ctx, "200 result=6\n");
    } else {
      send(ctx, "510 Invalid or unknown command\n");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  /** Also where the connection was never there. */
  void end() {
    if (!over) {
      over = true;
      done.accept(variables);
    }
  }

  private static void send(ChannelHandlerContext ctx, String text) {
    ctx.writeAndFlush(
        ctx.alloc().buffer(text.length()).writeBytes(text.getBytes(StandardCharsets.UTF_8)));
  }
}
