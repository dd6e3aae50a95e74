package cti.bridge.phone.baresip;

import cti.bridge.phone.PhoneCall;
import cti.bridge.phone.PhoneStatus.Devices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What baresip answers in words to its commands, made for people and read here
 * (modules/menu/menu.c, src/reg.c and src/call.c of 1.0.0).
 */
final class BaresipText {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  /** {@code > sip:8031@127.0.0.2 OK 127.0.0.2:5060 Expires 52s}. */
  private static final Pattern ACCOUNT =
      Pattern.compile("^>\\s+(?<aor>sips?:\\S+)\\s*(?:(?<state>zzz|OK|ERR)\\s+.*)?$");

  /** {@code > [line 1] 0:00:12 ESTABLISHED (on hold) sip:…}. */
  private static final Pattern LINE =
      Pattern.compile("^(?<current>[> ]) \\[line (?<line>\\d{1,6})].*$");

  private static final Pattern CALL_STATE = Pattern.compile("Call debug \\((\\w+)\\)");
  private static final Pattern PEER =
      Pattern.compile("peer_uri:\\s+(?<name>.*?)\\s*<(?<uri>[^>]*)>");
  private static final Pattern ID = Pattern.compile("\\bid=(\\S+)");
  private static final Pattern DIRECTION = Pattern.compile("direction: (\\w+)");
  private static final Pattern SOURCE = Pattern.compile("\\bsource: (\\S+)");
  private static final Pattern PLAYER = Pattern.compile("\\bplayer: (\\S+)");
  private static final Pattern USER = Pattern.compile("sips?:([^@;>]+)@?.*");

  private BaresipText() {}

  /**
   * The account in use.
   *
   * @param registered empty for one that does not register, or has not tried yet
   * @param failed whether it tried and was refused
   */
  record Account(String extension, Optional<Boolean> registered, boolean failed) {}

  /** Of the answer to {@code reginfo}; empty where there is no account. */
  static Optional<Account> account(String reginfo) {
    for (String line : plain(reginfo).lines().toList()) {
      Matcher account = ACCOUNT.matcher(line.stripTrailing());
      if (account.matches()) {
        String state = account.group("state");
        Optional<Boolean> registered =
            state == null ? Optional.of(true) : Optional.of(state.equals("OK"));
        return Optional.of(
            new Account(user(account.group("aor")), registered, "ERR".equals(state)));
      }
    }
    return Optional.empty();
  }

  /** A line with a call, as {@code listcalls} has it. */
  record Line(int number, boolean current, boolean held) {}

  static List<Line> lines(String listcalls) {
    List<Line> lines = new ArrayList<>();
    for (String text : plain(listcalls).lines().toList()) {
      Matcher line = LINE.matcher(text);
      if (line.matches()) {
        lines.add(
            new Line(
                Integer.parseInt(line.group("line")),
                line.group("current").equals(">"),
                text.contains("(on hold)")));
      }
    }
    return lines;
  }

  /** Of the answer to {@code callstat}; empty where there is no call. */
  static Optional<PhoneCall> call(String callstat, boolean held) {
    String text = plain(callstat);
    Matcher state = CALL_STATE.matcher(text);
    Matcher id = ID.matcher(text);
    Matcher peer = PEER.matcher(text);
    if (!state.find() || !id.find() || !peer.find()) {
      return Optional.empty();
    }
    Matcher direction = DIRECTION.matcher(text);
    boolean incoming = !direction.find() || direction.group(1).equals("Incoming");
    PhoneCall.State now =
        switch (state.group(1)) {
          case "ESTABLISHED" -> held ? PhoneCall.State.HELD : PhoneCall.State.TALKING;
          case "INCOMING" -> PhoneCall.State.RINGING;
          default -> incoming ? PhoneCall.State.RINGING : PhoneCall.State.DIALLING;
        };
    String name = peer.group("name").equals("(null)") ? "" : peer.group("name");
    return Optional.of(
        new PhoneCall(id.group(1), incoming, user(peer.group("uri")), name, now, false));
  }

  /** Of the answer to {@code audio_debug} in a call. */
  static Optional<Devices> devices(String audioDebug) {
    Matcher source = SOURCE.matcher(audioDebug);
    Matcher player = PLAYER.matcher(audioDebug);
    return source.find() && player.find()
        ? Optional.of(new Devices(source.group(1), player.group(1)))
        : Optional.empty();
  }

  /** The user part of a SIP address. */
  static String user(String uri) {
    Matcher user = USER.matcher(uri);
    return user.matches() ? user.group(1) : uri;
  }

  static String plain(String text) {
    return COLOUR.matcher(text).replaceAll("");
  }
}
