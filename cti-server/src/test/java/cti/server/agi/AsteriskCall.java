package cti.server.agi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call as Asterisk's res_agi.c carries it to a FastAGI server: the same request, the same
 * replies, the same ways to say that the caller is gone. Runs on the test's own thread.
 */
public final class AsteriskCall implements AutoCloseable {
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final BufferedReader in;
  private final List<String> prompts = new ArrayList<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Deque<String> keys = new ArrayDeque<>();
  private final List<String> commands = new ArrayList<>();
  private final Map<String, String> answers = new LinkedHashMap<>();
  private String linked = "";
  private String missingPrompt = "";
  private boolean exitOnHangup;
  private boolean dead;
  private boolean byteByByte;

  public AsteriskCall(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** As {@link #request}, with every byte in a packet of its own. */
  AsteriskCall requestByteByByte(String script, String callerId, String... arguments)
      throws IOException {
    socket.setTcpNoDelay(true);
    byteByByte = true;
    return request(script, callerId, arguments);
  }

  /** Sends what setup_env() sends; an argument may be empty. */
  public AsteriskCall request(String script, String callerId, String... arguments)
      throws IOException {
    StringBuilder request = new StringBuilder("agi_network: yes\n");
    request.append("agi_network_script: ").append(script).append('\n');
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("request", "agi://127.0.0.1:4573/" + script);
    environment.put("channel", "DAHDI/1-1");
    environment.put("language", "en");
    environment.put("type", "DAHDI");
    environment.put("uniqueid", "1763750000.42");
    environment.put("version", "22.10.0~dfsg+~cs6.15");
    environment.put("callerid", callerId.isEmpty() ? "unknown" : callerId);
    environment.put("calleridname", "unknown");
    environment.put("callingpres", "0");
    environment.put("dnid", "8000");
    environment.put("rdnis", "unknown");
    environment.put("context", "cti-hotline");
    environment.put("extension", "8000");
    environment.put("priority", "14");
    environment.put("enhanced", "0.0");
    environment.put("accountcode", "");
    environment.put("threadid", "139874");
    for (int i = 0; i < arguments.length; i++) {
      environment.put("arg_" + (i + 1), arguments[i]);
    }
    environment.forEach(
        (name, value) ->
            request.append("agi_").append(name).append(": ").append(value).append('\n'));
    send(request.append('\n').toString());
    return this;
  }

  /**
   * What the caller does, one entry for each wait: a key; {@code !k} a key during the next prompt
   * that listens; {@code -} nothing; {@code hangup} at the next wait; {@code !hangup} during the
   * next prompt; {@code reset} and {@code !reset}: the socket is closed instead.
   */
  public AsteriskCall caller(String... doings) {
    keys.addAll(Arrays.asList(doings));
    return this;
  }

  /** What the gateway knows by a name, such as a function of the dialplan. */
  AsteriskCall knows(String name, String value) {
    answers.put(name, value);
    return this;
  }

  /** The first channel of the call, which this one belongs to. */
  AsteriskCall linked(String channel) {
    linked = channel;
    return this;
  }

  AsteriskCall withoutPrompt(String file) {
    missingPrompt = file;
    return this;
  }

  /** AGIEXITONHANGUP=yes: Asterisk leaves as soon as the caller does. */
  AsteriskCall exitsOnHangup() {
    exitOnHangup = true;
    return this;
  }

  /** Carries out commands until the server has no more. */
  public AsteriskCall run() throws IOException {
    String command = in.readLine();
    while (command != null) {
      commands.add(command);
      carryOut(command);
      command = socket.isClosed() ? null : in.readLine();
    }
    close();
    return this;
  }

  /** Reads one command and leaves it without an answer. */
  String readCommand() throws IOException {
    return in.readLine();
  }

  void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (byteByByte) {
      for (byte b : bytes) {
        socket.getOutputStream().write(b);
      }
    } else {
      socket.getOutputStream().write(bytes);
    }
  }

  /** True where the server closed the connection. */
  boolean closedByServer() throws IOException {
    return in.read() < 0;
  }

  private void carryOut(String command) throws IOException {
    List<String> words = words(command);
    if (command.startsWith("SET VARIABLE")) {
      variables.put(words.get(0), words.get(1));
      reply("200 result=1");
    } else if (!dead && command.startsWith("EXEC \"MSet\" ")) {
      for (String pair : words.get(1).split(",")) {
        variables.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
      reply("200 result=0");
    } else if (dead) {
      reply("511 Command Not Permitted on a dead channel or intercept routine");
    } else if (command.startsWith("GET FULL VARIABLE") && command.contains("CHANNEL(linkedid)")) {
      reply(linked.isEmpty() ? "200 result=0" : "200 result=1 (" + linked + ")");
    } else if (command.startsWith("GET FULL VARIABLE")) {
      String name = words.get(0).substring(2, words.get(0).length() - 1);
      String value = answers.getOrDefault(name, variables.getOrDefault(name, ""));
      reply(value.isEmpty() ? "200 result=0" : "200 result=1 (" + value + ")");
    } else if (command.startsWith("EXEC")) {
      pressed(keys.isEmpty() ? "-" : keys.poll(), "");
    } else if (command.equals("ANSWER")) {
      reply("200 result=0");
    } else if (command.equals("CHANNEL STATUS")) {
      reply("200 result=6");
    } else if (command.startsWith("STREAM FILE")) {
      stream(words.get(0), words.get(1));
    } else if (command.startsWith("WAIT FOR DIGIT")) {
      pressed(keys.isEmpty() ? "-" : keys.poll(), "");
    } else {
      reply("510 Invalid or unknown command");
    }
  }

  private void stream(String file, String listens) throws IOException {
    if (file.equals(missingPrompt)) {
      reply("200 result=-1 endpos=0");
      return;
    }
    prompts.add(file);
    String next = keys.peek();
    boolean now =
        next != null
            && next.startsWith("!")
            && (!listens.isEmpty() || next.endsWith("hangup") || next.endsWith("reset"));
    pressed(now ? keys.poll().substring(1) : "-", " endpos=12345");
  }

  private void pressed(String doing, String rest) throws IOException {
    switch (doing) {
      case "-" -> reply("200 result=0" + rest);
      case "reset" -> close();
      case "hangup" -> {
        dead = true;
        reply("200 result=-1" + rest);
        reply("HANGUP");
        if (exitOnHangup) {
          close();
        }
      }
      default -> reply("200 result=" + (int) doing.charAt(0) + rest);
    }
  }

  private void reply(String line) throws IOException {
    send(line + "\n");
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = QUOTED.matcher(command);
    while (matcher.find()) {
      words.add(matcher.group(1).replaceAll("\\\\(.)", "$1"));
    }
    return words;
  }

  /** The prompts that were played, without their folder. */
  public String heard() {
    return String.join(" ", prompts.stream().map(file -> file.replace("cti/zh/", "")).toList());
  }

  public String variable(String name) {
    return variables.getOrDefault(name, "not set");
  }

  List<String> commands() {
    return List.copyOf(commands);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
