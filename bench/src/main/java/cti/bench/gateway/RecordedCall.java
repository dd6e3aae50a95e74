package cti.bench.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of one caller and one agent as the real gateway reported it, as a pattern for others.
 *
 * @param arrival the caller's channel
 * @param answer what follows when the flow takes the call
 * @param joining the caller enters the queue
 * @param bursts what happens then: the events of one moment together; the first is the ring, the
 *     last the end
 */
record RecordedCall(
    List<EventTemplate> arrival,
    List<EventTemplate> answer,
    List<EventTemplate> joining,
    List<List<EventTemplate>> bursts) {
  private static final long SAME_MOMENT_MICROS = 150_000;
  private static final Pattern HEADER = Pattern.compile("(?md)^([A-Za-z-]+): (.*)\r$");

  /** Reads a recording from the class path. */
  static RecordedCall read(String recording, int eventsInAll) throws IOException {
    return of(callEvents(recording), eventsInAll);
  }

  /** The texts of the events of the call in a recording, from its first channel to its end. */
  static List<String> callEvents(String recording) throws IOException {
    String name = "ami/" + recording + ".txt";
    try (InputStream in = RecordedCall.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no recording " + name + " on the class path");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String> events = new ArrayList<>();
      for (String message : text.split("\r\n\r\n")) {
        boolean first = message.startsWith("Event: Newchannel");
        boolean ours = message.startsWith("Event: ") && !message.contains("QueueMemberRemoved");
        if (ours && (first || !events.isEmpty())) {
          events.add(message + "\r\n");
        }
      }
      return List.copyOf(events);
    }
  }

  /**
   * Makes a pattern of a call's events.
   *
   * @param eventsInAll how many it is to have: the recordings were made through the shipped event
   *     filters, and what those leave out (most of it VarSet) is put between, for a gateway that
   *     sends everything; fewer than there are adds nothing
   */
  static RecordedCall of(List<String> events, int eventsInAll) {
    Map<String, Slot> tokens = tokens(events);
    Filler filler = new Filler(events.getFirst(), tokens, eventsInAll - events.size());
    List<EventTemplate> arrival = new ArrayList<>();
    List<EventTemplate> answer = new ArrayList<>();
    List<EventTemplate> joining = new ArrayList<>();
    List<List<EventTemplate>> bursts = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < events.size(); i++) {
      String event = events.get(i);
      List<EventTemplate> into;
      if (i == 0) {
        into = arrival;
      } else if (!bursts.isEmpty() || !joining.isEmpty()) {
        if (bursts.isEmpty() || micros(event) - before > SAME_MOMENT_MICROS) {
          bursts.add(new ArrayList<>());
        }
        into = bursts.getLast();
      } else {
        into = event.startsWith("Event: QueueCallerJoin") ? joining : answer;
      }
      before = micros(event);
      into.add(EventTemplate.of(event, tokens));
      into.addAll(filler.share(i + 1, events.size()));
    }
    return new RecordedCall(arrival, answer, joining, bursts);
  }

  /** How many events a played call sends. */
  int events() {
    return arrival.size()
        + answer.size()
        + joining.size()
        + bursts.stream().mapToInt(List::size).sum();
  }

  private static long micros(String event) {
    return Long.parseLong(value(event, "Timestamp").replace(".", ""));
  }

  private static Map<String, Slot> tokens(List<String> events) {
    Map<String, Slot> tokens = new LinkedHashMap<>();
    Set<String> ids = new LinkedHashSet<>();
    Set<String> trunks = new LinkedHashSet<>();
    Set<String> bridges = new LinkedHashSet<>();
    for (String event : events) {
      Matcher header = HEADER.matcher(event);
      while (header.find()) {
        String value = header.group(2);
        switch (header.group(1)) {
          case "Uniqueid" -> ids.add(value);
          case "BridgeUniqueid" -> bridges.add(value);
          case "Channel" -> {
            if (value.startsWith("Local/")) {
              tokens.put(
                  value.substring(value.indexOf('@') + 1, value.indexOf(';')), Slot.LOCAL_CHANNEL);
            } else {
              trunks.add(value);
            }
          }
          case "Queue" -> tokens.put(value, Slot.QUEUE);
          case "MemberName" -> tokens.put(value, Slot.MEMBER);
          case "StateInterface" ->
              tokens.put(value.substring(value.indexOf(':') + 1), Slot.EXTENSION);
          default -> {
            // The same in every call.
          }
        }
      }
    }
    tokens.put(value(events.getFirst(), "CallerIDNum"), Slot.NUMBER);
    name(tokens, ids, List.of(Slot.CALLER_ID, Slot.NEAR_LEG_ID, Slot.FAR_LEG_ID, Slot.PHONE_ID));
    name(tokens, trunks, List.of(Slot.CALLER_CHANNEL, Slot.PHONE_CHANNEL));
    name(tokens, bridges, List.of(Slot.PHONE_BRIDGE, Slot.CALLER_BRIDGE));
    return tokens;
  }

  private static void name(Map<String, Slot> tokens, Set<String> found, List<Slot> slots) {
    if (found.size() > slots.size()) {
      throw new IllegalArgumentException(
          "the recording has " + found + ", expected at most " + slots.size() + ": " + slots);
    }
    int next = 0;
    for (String token : found) {
      tokens.put(token, slots.get(next++));
    }
  }

  /** The value of an event's header. */
  static String value(String event, String header) {
    Matcher line = Pattern.compile("(?md)^" + header + ": (.*)\r$").matcher(event);
    if (!line.find()) {
      throw new IllegalArgumentException("no header " + header + " in " + event);
    }
    return line.group(1);
  }
}
