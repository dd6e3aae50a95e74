package cti.testbed.e2e;

import cti.testbed.caller.CallerEnd;
import cti.testbed.caller.SippCaller;
import cti.testbed.client.CallView;
import cti.testbed.client.Patience;
import cti.testbed.client.RecordView;
import cti.testbed.client.Unexpected;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A call of a scenario: the caller on one side, what cti-server shows of it on the other. A call
 * that an agent makes by click has no caller of its own.
 */
final class StagedCall {
  private static final Duration TO_BEGIN = Duration.ofSeconds(10);
  private static final Duration TO_END = Duration.ofSeconds(15);
  private static final Duration TO_BE_ON_RECORD = Duration.ofSeconds(15);

  private final House house;
  private final Optional<SippCaller> caller;
  private final String number;
  private final int earlier;
  private String id = "";

  /**
   * @param earlier calls of the same number that the observer had seen before this one
   */
  StagedCall(House house, SippCaller caller, int earlier) {
    this(house, Optional.of(caller), caller.script().from(), earlier);
  }

  private StagedCall(House house, Optional<SippCaller> caller, String number, int earlier) {
    this.house = house;
    this.caller = caller;
    this.number = number;
    this.earlier = earlier;
  }

  /** A call that the gateway makes for an extension. */
  static StagedCall ofOurs(House house, String extension, int earlier) {
    return new StagedCall(house, Optional.empty(), extension, earlier);
  }

  String number() {
    return number;
  }

  SippCaller caller() {
    return caller.orElseThrow();
  }

  /** Ends the caller, where there is one. */
  void close() throws IOException {
    if (caller.isPresent()) {
      caller.get().close();
    }
  }

  /** The call's identifier, once cti-server shows the call. */
  String id() throws InterruptedException {
    if (id.isEmpty()) {
      id =
          house
              .observer()
              .await(
                  "a call from " + number(),
                  TO_BEGIN,
                  picture -> picture.callFrom(number(), earlier))
              .id();
    }
    return id;
  }

  /** Waits for a phase: in-flow, waiting, ringing, talking, ending, ended. */
  CallView awaitPhase(String phase, Duration limit) throws InterruptedException {
    String call = id();
    return house
        .observer()
        .await(
            "the call from " + number() + " is " + phase,
            limit,
            picture -> picture.call(call).filter(view -> view.phase().equals(phase)),
            picture -> picture.call(call).map(StagedCall::inShort));
  }

  /** Waits until the call looks as wanted. */
  CallView await(String what, Duration limit, Predicate<CallView> wanted)
      throws InterruptedException {
    String call = id();
    return house
        .observer()
        .await(
            "the call from " + number() + ": " + what,
            limit,
            picture -> picture.call(call).filter(wanted),
            picture -> picture.call(call).map(StagedCall::inShort));
  }

  /** Nothing else is seen of the call for that time. */
  void stays(String phase, Duration time) throws InterruptedException {
    String call = id();
    Optional<CallView> other =
        house
            .observer()
            .lookFor(
                "the call from " + number() + " stays " + phase,
                time,
                picture -> picture.call(call).filter(view -> !view.phase().equals(phase)));
    Expect.none(
        "change of the call from " + number(), other.map(StagedCall::inShort).stream().toList());
  }

  CallView now() throws InterruptedException {
    String call = id();
    return house.observer().look(picture -> picture.call(call).orElseThrow());
  }

  static String inShort(CallView call) {
    return "%s, desk %s, agent %s, visits %s, parts %s"
        .formatted(
            call.phase(),
            call.desk().orElse("-"),
            call.agent().orElse("-"),
            call.visits(),
            call.parts());
  }

  /** How many times phones of this agent were offered the call. */
  static long offersTo(CallView call, String agent) {
    return call.visits().stream()
        .flatMap(visit -> visit.attempts().stream())
        .filter(attempt -> attempt.agent().equals(Optional.of(agent)))
        .count();
  }

  /** The caller hangs up. */
  void hangUp() throws IOException, InterruptedException {
    caller().hangUp();
  }

  CallerEnd awaitCallerEnd(Duration limit) throws IOException, InterruptedException {
    return caller()
        .awaitEnd(limit)
        .orElseThrow(
            () ->
                new Unexpected("the caller " + number() + " is still on the line after " + limit));
  }

  /** Waits until what is on record of the call, while it lasts, holds something. */
  void awaitOnRecord(String what, Predicate<RecordView> wanted) throws InterruptedException {
    String call = id();
    Patience.until(
        what + " of call " + call + " is on record",
        TO_BE_ON_RECORD,
        () -> {
          try {
            Optional<RecordView> record = house.supervisor().record(call);
            return record.filter(wanted).isPresent()
                ? Optional.empty()
                : Optional.of(record.toString());
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  /**
   * Waits until the call is over and on record; database, REST and the gateway's queue_log must
   * tell the same of it.
   */
  CallOnRecord record() throws IOException, InterruptedException, SQLException {
    return logged(recordBesideTheLog());
  }

  /** The same where the gateway's queue_log is known to tell something else. */
  CallOnRecord recordBesideTheLog() throws IOException, InterruptedException, SQLException {
    awaitPhase("ended", TO_END);
    return read(id());
  }

  /** The same of a call whose identifier is known from elsewhere. */
  CallOnRecord record(String call) throws IOException, InterruptedException, SQLException {
    return logged(read(call));
  }

  private CallOnRecord read(String call) throws IOException, InterruptedException, SQLException {
    Patience.until(
        "the record of call " + call,
        TO_BE_ON_RECORD,
        () -> {
          try {
            return fromRest(call).isPresent()
                ? Optional.empty()
                : Optional.of("no record with an outcome in REST");
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
    CallOnRecord rest = fromRest(call).orElseThrow();
    CallOnRecord record = rest;
    if (house.records().isPresent()) {
      record =
          house
              .records()
              .get()
              .call(call)
              .orElseThrow(
                  () ->
                      new Unexpected("call " + call + " is ended in REST and not in call_record"));
      Expect.equal("call " + call + " in REST", record.essence(), rest.essence());
    }
    Expect.equal("data quality of call " + call, "live", record.quality());
    return record;
  }

  private CallOnRecord logged(CallOnRecord record) throws IOException, InterruptedException {
    List<String> differences = QueueLogCheck.differences(record, house.stays(record.onGateway()));
    Expect.none("difference to queue_log", differences);
    return record;
  }

  private Optional<CallOnRecord> fromRest(String call) throws IOException, InterruptedException {
    return house
        .supervisor()
        .record(call)
        .filter(view -> view.call().outcome().isPresent())
        .map((RecordView view) -> CallOnRecord.of(view));
  }

  /** The telephones of the call as they are on record; tables and REST must tell the same. */
  PartsOnRecord parts() throws IOException, InterruptedException, SQLException {
    String call = id();
    PartsOnRecord rest =
        PartsOnRecord.of(
            house
                .supervisor()
                .record(call)
                .orElseThrow(() -> new Unexpected("call " + call + " is not on record in REST")));
    if (house.records().isPresent()) {
      PartsOnRecord table = house.records().get().parts(call);
      Expect.equal("parts of call " + call + " in REST", table.inWords(), rest.inWords());
      return table;
    }
    return rest;
  }

  /** Waits until an event of that name was pushed of the call so many times. */
  void awaitPushed(String event, int times, Duration limit) throws InterruptedException {
    String call = id();
    house
        .observer()
        .await(
            times + " times " + event + " of call " + call,
            limit,
            picture ->
                picture.eventsOf(call).stream().filter(event::equals).count() >= times
                    ? Optional.of(true)
                    : Optional.empty(),
            picture -> picture.eventsOf(call));
  }

  /** The names of all that was pushed of it, in order. */
  List<String> pushed() throws InterruptedException {
    String call = id();
    return house.observer().look(picture -> picture.eventsOf(call));
  }

  /** What may be left of it on the gateway is known by the caller's number. */
  Set<String> traces() {
    return Set.of("!" + number() + "!");
  }
}
