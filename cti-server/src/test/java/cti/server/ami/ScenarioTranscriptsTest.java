package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.CallOutcome;
import cti.core.call.DataQuality;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.DomainEvent;
import cti.core.id.CallId;
import cti.server.ami.Replay.Told;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The end-to-end scenarios with calls again, from the gateway's bytes: the records must come out as
 * then. Those in which cti-server or its link was away are played on the gateway alone.
 */
class ScenarioTranscriptsTest {
  /** Times on record hold the server's own moments too, when the flow told something. */
  private static final long TOLERANCE_MILLIS = 1_000;

  /** So many messages are lost in a moment, not in an outage. */
  private static final int FEW = 1;

  static List<Transcript> transcripts() throws IOException {
    return Transcript.all();
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void whole(Transcript transcript) throws IOException {
    Replay replay = new Replay().whole(transcript.messages(Integer.MAX_VALUE));
    assertEquals(List.of(), replay.left());
    List<String> recorded = transcript.record();
    List<Told> told = replay.calls();
    assertEquals(
        recorded.stream().map(ScenarioTranscriptsTest::words).sorted().toList(),
        told.stream().map(Told::inWords).sorted().toList());
    for (String call : recorded) {
      String id = call.split(" ", 3)[1];
      List<Long> times =
          told.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow().times();
      List<Long> expected = times(call);
      for (int i = 0; i < times.size(); i++) {
        long apart = Math.abs(times.get(i) - expected.get(i));
        assertTrue(apart <= TOLERANCE_MILLIS, id + ": times " + times + ", on record " + expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void howTheBytesAreCutMakesNoDifference(Transcript transcript) throws IOException {
    List<DomainEvent> whole = new Replay().whole(transcript.messages(Integer.MAX_VALUE)).events();
    for (int bytesAtATime : new int[] {1, 7, 1_460, 65_536}) {
      assertEquals(
          whole,
          new Replay().whole(transcript.messages(bytesAtATime)).events(),
          bytesAtATime + " bytes at a time");
    }
  }

  /** Cut behind every message, and back at once or with some messages lost. */
  @ParameterizedTest
  @MethodSource("transcripts")
  void cutAndReconnected(Transcript transcript) throws IOException {
    List<AmiMessage> messages = transcript.messages(Integer.MAX_VALUE);
    List<Told> whole = new Replay().whole(messages).calls();
    for (int behind = 0; behind <= messages.size(); behind++) {
      for (int missed : new int[] {0, 1, 20}) {
        String where = "cut behind message %d, %d lost".formatted(behind, missed);
        Replay replay = new Replay().cut(messages, behind, missed);
        assertEquals(List.of(), replay.left(), where);
        onceEach(replay.events(), where);
        for (Told call : replay.calls()) {
          addsUp(call, where);
          whole.stream()
              .filter(before -> before.id().equals(call.id()))
              .findFirst()
              .ifPresent(before -> notContradicted(before, call, missed, where));
        }
      }
    }
  }

  /**
   * What was seen of a call whose link broke may be less than all, never something else; a record
   * that says nothing of an outage must be whole. Where a good part of a call was lost, the
   * gateway's own logs put it right afterwards.
   */
  private static void notContradicted(Told whole, Told cut, int missed, String where) {
    String both = where + ": " + whole.inWords() + "became " + cut.inWords();
    if (missed <= FEW) {
      if (whole.end().outcome() != CallOutcome.ANSWERED) {
        assertFalse(cut.end().outcome() == CallOutcome.ANSWERED, both);
      }
      if (whole.missed().equals("no")) {
        assertEquals("no", cut.missed(), both);
      }
    }
    if (cut.end().quality() == DataQuality.LIVE) {
      assertEquals(whole.end().outcome(), cut.end().outcome(), both);
      if (missed == 0) {
        assertEquals(whole.inWords(), cut.inWords(), both);
      }
    }
  }

  private static void addsUp(Told call, String where) {
    assertEquals(
        call.end().at().isAfter(call.call().startedAt())
            ? java.time.Duration.between(call.call().startedAt(), call.call().times().until())
            : java.time.Duration.ZERO,
        call.call().times().total(),
        where + ": " + call.inWords());
  }

  private static void onceEach(List<DomainEvent> events, String where) {
    Set<CallId> begun = new HashSet<>();
    Set<CallId> ended = new HashSet<>();
    for (DomainEvent event : events) {
      if (event instanceof CallEvent e) {
        assertFalse(ended.contains(e.call()), where + ": " + e + " behind the end");
        if (e instanceof ServiceInitiated) {
          assertTrue(begun.add(e.call()), where + ": began twice: " + e);
        }
        assertTrue(begun.contains(e.call()), where + ": before the begin: " + e);
        if (e instanceof CallCleared) {
          ended.add(e.call());
        }
      }
    }
    assertEquals(begun, ended, where);
  }

  /** What is on record without the flow's part in it, which the gateway's events do not tell. */
  private static String words(String call) {
    List<String> lines = new ArrayList<>(call.lines().toList());
    lines.removeIf(line -> line.startsWith("  times "));
    return String.join("\n", lines)
            .replace(" ended-by-flow by system ", " abandoned-in-ivr by caller ")
            .replace(" not-answered by system ", " not-answered by unknown ")
        + "\n";
  }

  private static List<Long> times(String call) {
    String line = call.lines().filter(one -> one.startsWith("  times ")).findFirst().orElseThrow();
    return List.of(line.strip().split(" ")).stream()
        .skip(1)
        .map(field -> Long.parseLong(field.substring(field.indexOf('=') + 1)))
        .toList();
  }
}
