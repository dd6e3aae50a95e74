package cti.core.recovery;

import cti.core.id.ChannelId;
import cti.core.recovery.LoggedCall.Presented;
import cti.core.recovery.LoggedCall.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The lines that the gateway's logs have of one call, and what they tell together. */
public final class CallLog {
  /** So close one record of the gateway follows on another that is about the same moment. */
  private static final Duration AT_ONCE = Duration.ofMillis(50);

  private final String linked;
  private final List<QueueLogEntry> entries = new ArrayList<>();
  private final Set<CallDetail> details = new LinkedHashSet<>();

  /**
   * @param linked the channel id that all channels of the call share
   */
  public CallLog(String linked) {
    this.linked = linked;
  }

  public void add(QueueLogEntry entry) {
    entries.add(entry);
  }

  /** A record that was read before changes nothing. */
  public void add(CallDetail detail) {
    details.add(detail);
  }

  /** Takes over the lines of a part of the call that was known by another channel. */
  public void addAll(CallLog other) {
    entries.addAll(other.entries);
    entries.sort(Comparator.comparing(QueueLogEntry::at));
    details.addAll(other.details);
  }

  public int lines() {
    return entries.size() + details.size();
  }

  /** Whether the record of the caller's own channel is there: written when that channel ends. */
  public boolean callerEnded() {
    return details.stream().anyMatch(CallDetail::ofCaller);
  }

  /** Whether the last line of queue_log leaves nobody waiting or talking. */
  public boolean leftQueue() {
    return !entries.isEmpty() && StayFold.ends(entries.getLast().event());
  }

  /** Whether queue_log tells of the call. */
  public boolean queued() {
    return !entries.isEmpty();
  }

  /** Where the caller came to in the dialplan; empty where no record tells. */
  public Optional<String> context() {
    return own().map(own -> own.who().context());
  }

  /**
   * What the lines tell.
   *
   * @param names what the dialplan's names say
   * @param callDetails whether call detail records are read at all; without them the end of the
   *     last stay in a queue is the best end of the call that there is
   */
  public LoggedCall told(DialplanNames names, boolean callDetails) {
    List<Leg> legs = new ArrayList<>(Leg.of(details, names));
    // Whoever made a call of ours may hand it on and leave; a caller of a queue cannot.
    Optional<Instant> callerLeft = callerLeft(names);
    List<LoggedPart> parts =
        new DialledParts(names, legs, queued() ? callerLeft : Optional.empty()).of(details);
    StayFold fold = new StayFold(linked, legs, lastEnd(), callerLeft);
    entries.forEach(fold::take);
    List<LoggedStay> stays = fold.stays().stream().map(stay -> stay.handedOver(parts)).toList();
    Instant started = startedAt();
    return new LoggedCall(
        new ChannelId(linked),
        channels(stays),
        presented(names),
        started,
        seenUntil(),
        endedAt(callDetails),
        stays,
        parts,
        own().map(own -> own.last().application()).orElse(""),
        new Sources(!entries.isEmpty(), !details.isEmpty()));
  }

  private Optional<CallDetail> own() {
    return details.stream()
        .filter(CallDetail::ofCaller)
        .max(Comparator.comparing(detail -> detail.times().start()));
  }

  private Map<ChannelId, String> channels(List<LoggedStay> stays) {
    Map<ChannelId, String> channels = new LinkedHashMap<>();
    details.forEach(detail -> channels.put(new ChannelId(detail.unique()), detail.who().channel()));
    channels.putIfAbsent(new ChannelId(linked), "");
    entries.stream()
        .map(QueueLogEntry::call)
        .filter(call -> !call.isBlank())
        .forEach(call -> channels.putIfAbsent(new ChannelId(call), ""));
    stays.stream()
        .flatMap(stay -> stay.rings().stream())
        .flatMap(ring -> ring.leg().stream())
        .forEach(leg -> channels.putIfAbsent(leg, ""));
    return channels;
  }

  private Presented presented(DialplanNames names) {
    String number =
        own()
            .map(own -> own.who().callingNumber())
            .filter(text -> !text.isEmpty())
            .or(() -> entered().map(entry -> entry.text(1)))
            .orElse("");
    List<CallDetail> ofCaller =
        details.stream()
            .filter(CallDetail::ofCaller)
            .sorted(Comparator.comparing(detail -> detail.times().start()))
            .toList();
    Optional<CallDetail> cameTo =
        ofCaller.stream().filter(detail -> !names.handedOn(detail.who().context())).findFirst();
    // A transfer writes its target there; in the fallback it is "s", which nobody dialled.
    String dialled =
        cameTo.stream()
            .map(detail -> detail.who().dialledNumber())
            .filter(
                text ->
                    !text.isEmpty()
                        && text.chars()
                            .allMatch(c -> "+*#".indexOf(c) >= 0 || (c >= '0' && c <= '9')))
            .findFirst()
            .orElse("");
    return new Presented(
        number,
        dialled,
        cameTo.or(this::own).map(detail -> detail.who().context()).orElse(""),
        context().orElse(""),
        own().map(own -> own.who().channel()).orElse(""));
  }

  private Optional<QueueLogEntry> entered() {
    return entries.stream().filter(entry -> entry.event().equals("ENTERQUEUE")).findFirst();
  }

  /** The record of the channel is exact; an id of Asterisk begins with the second of its birth. */
  private Instant startedAt() {
    return details.stream()
        .filter(CallDetail::ofCaller)
        .map(detail -> detail.times().start())
        .min(Comparator.naturalOrder())
        .or(this::bornAt)
        .or(() -> entries.stream().map(QueueLogEntry::at).findFirst())
        .or(
            () ->
                details.stream()
                    .map(detail -> detail.times().start())
                    .min(Comparator.naturalOrder()))
        .orElse(Instant.EPOCH);
  }

  /** The second in which a channel began, by its id; empty for an id of another kind. */
  public static Optional<Instant> born(String channel) {
    String withoutName = channel.substring(channel.lastIndexOf('-') + 1);
    int dot = withoutName.indexOf('.');
    String second = dot < 0 ? "" : withoutName.substring(0, dot);
    boolean epoch = second.length() == 10 && second.chars().allMatch(c -> c >= '0' && c <= '9');
    return epoch ? Optional.of(Instant.ofEpochSecond(Long.parseLong(second))) : Optional.empty();
  }

  private Optional<Instant> bornAt() {
    return born(linked).filter(at -> entries.isEmpty() || !at.isAfter(entries.getFirst().at()));
  }

  private Instant seenUntil() {
    Instant last = lastEnd().orElse(startedAt());
    return entries.isEmpty() || entries.getLast().at().isBefore(last)
        ? last
        : entries.getLast().at();
  }

  private Optional<Instant> lastEnd() {
    return details.stream().map(detail -> detail.times().end()).max(Comparator.naturalOrder());
  }

  /**
   * When nobody could talk to the caller any more. The record of a caller who is put on hold ends
   * there, unless they are talked to again; when such a one hangs up, queue_log alone tells.
   */
  private Optional<Instant> callerLeft(DialplanNames names) {
    Optional<Instant> ended =
        details.stream()
            .filter(CallDetail::ofCaller)
            .map(detail -> detail.times().end())
            .max(Comparator.naturalOrder());
    return ended.map(at -> onHold(at, names) ? hungUp().filter(at::isBefore).orElse(at) : at);
  }

  /** Whether an agent's own record goes on there with whom they asked, or with the hold itself. */
  private boolean onHold(Instant at, DialplanNames names) {
    return details.stream()
        .filter(detail -> !detail.ofCaller() && names.leavesOnHold(detail.last().channel()))
        .map(detail -> Duration.between(at, detail.times().start()))
        .anyMatch(apart -> apart.abs().compareTo(AT_ONCE) <= 0);
  }

  /** Where queue_log cuts a moment down to its second, its middle is wrong least. */
  private Optional<Instant> hungUp() {
    return entries.stream()
        .filter(entry -> entry.call().equals(linked) && entry.event().equals("COMPLETECALLER"))
        .max(Comparator.comparing(QueueLogEntry::at))
        .map(entry -> entry.wholeSecond() ? entry.at().plusMillis(500) : entry.at());
  }

  private Optional<Instant> endedAt(boolean callDetails) {
    if (callerEnded()) {
      return lastEnd();
    }
    boolean told = !callDetails && leftQueue();
    return told ? Optional.of(entries.getLast().at()) : Optional.empty();
  }
}
