package cti.bench.gateway;

import java.nio.charset.StandardCharsets;

/** A call that is being played. One owner: the gateway's thread. */
final class PlayedCall {
  private static final byte[] NONE = {};

  private final RecordedCall recording;
  private final String outcome;
  private final byte[][] values = new byte[Slot.values().length][];
  private int nextBurst;
  private Member member;

  /**
   * @param outcome the word that the record must have in the end
   * @param beginSeconds of the call's start, the first part of all its ids
   * @param number first of four numbers in a row that name its channels
   */
  PlayedCall(
      RecordedCall recording, String outcome, long beginSeconds, long number, String caller) {
    this.recording = recording;
    this.outcome = outcome;
    java.util.Arrays.fill(values, NONE);
    set(Slot.BEGIN_SECONDS, Long.toString(beginSeconds));
    set(Slot.CALLER_ID, beginSeconds + "." + number);
    set(Slot.NEAR_LEG_ID, beginSeconds + "." + (number + 1));
    set(Slot.FAR_LEG_ID, beginSeconds + "." + (number + 2));
    set(Slot.PHONE_ID, beginSeconds + "." + (number + 3));
    set(Slot.CALLER_CHANNEL, "PJSIP/ipoffice-%08x".formatted(number / 2));
    set(Slot.PHONE_CHANNEL, "PJSIP/ipoffice-%08x".formatted(number / 2 + 1));
    set(Slot.LOCAL_CHANNEL, "cti-agents-%08x".formatted(number / 4));
    set(Slot.PHONE_BRIDGE, "00000000-0000-4000-8000-%012x".formatted(number));
    set(Slot.CALLER_BRIDGE, "00000000-0000-4000-8000-%012x".formatted(number + 1));
    set(Slot.NUMBER, caller);
  }

  void set(Slot slot, String value) {
    values[slot.ordinal()] = value.getBytes(StandardCharsets.UTF_8);
  }

  String get(Slot slot) {
    return new String(values[slot.ordinal()], StandardCharsets.UTF_8);
  }

  byte[][] values() {
    return values;
  }

  RecordedCall recording() {
    return recording;
  }

  String outcome() {
    return outcome;
  }

  /** Who is rung; null before. */
  Member member() {
    return member;
  }

  void rings(Member at) {
    member = at;
    set(Slot.EXTENSION, at.extension());
    set(Slot.MEMBER, at.name());
  }

  /** The number of the burst that is next, from 0. */
  int nextBurst() {
    return nextBurst;
  }

  void played() {
    nextBurst++;
  }

  boolean over() {
    return nextBurst == recording.bursts().size();
  }

  /** In talk: its ring is played, its end is not, and there is something between. */
  boolean talks() {
    return nextBurst == 2 && !over();
  }
}
