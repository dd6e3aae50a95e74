package cti.server.web;

import cti.core.agent.Agent;
import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.agent.SeatRole;
import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.PartRole;
import cti.core.call.QueueOutcome;
import cti.core.call.RingOutcome;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.desk.SiteKind;
import cti.core.directory.DepartmentPath;
import cti.core.directory.DepartmentTree;
import cti.core.directory.NumberKind;
import cti.core.directory.PhoneNumber;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffQuery;
import cti.core.directory.StaffStatus;
import cti.core.engine.AgentCommand;
import cti.core.engine.AgentCommand.BecomeNotReady;
import cti.core.engine.AgentCommand.BecomeReady;
import cti.core.engine.AgentCommand.ExtendWrapUp;
import cti.core.engine.AgentCommand.LogOff;
import cti.core.engine.AgentCommand.LogOn;
import cti.core.engine.CallCommand;
import cti.core.engine.CallbackCommand;
import cti.core.engine.Command;
import cti.core.engine.EngineInput;
import cti.core.engine.LiveState;
import cti.core.engine.Reply;
import cti.core.engine.SupervisorCommand;
import cti.core.event.AgentEvent;
import cti.core.event.CallEvent;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent;
import cti.core.event.SupervisorEvent;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.ListeningId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.id.VisitId;
import cti.core.port.Catalog;
import cti.core.port.DirectoryLookup;
import cti.core.port.JournalReader;
import cti.core.port.JournalRecord;
import cti.core.port.Mailbox;
import cti.core.port.PushSink;
import cti.core.recording.RecordingRules;
import cti.core.supervision.ActBy;
import cti.core.supervision.ListeningMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A small world for the web side: desks, agents, staff, and a journal whose records a test makes
 * happen. It stands where the engine stands; it keeps no rules but the plainest.
 */
final class World implements Catalog, DirectoryLookup, Mailbox, JournalReader {
  static final GatewayId GATEWAY = new GatewayId("gw1");
  static final DeskId DESKTOP = new DeskId("hq-desktop");
  static final DeskId ERP = new DeskId("hq-erp");
  static final DeskId GUANGZHOU = new DeskId("gz");
  static final AgentId AGENT_1 = new AgentId("1001");
  static final AgentId AGENT_2 = new AgentId("1002");
  static final AgentId AGENT_9 = new AgentId("1009");
  static final String KNOWN_NUMBER = "13800000001";

  private final InstantSource clock;
  private final List<JournalRecord> journal = new ArrayList<>();
  private final LiveState state = new LiveState();

  /** The last record that the disk has; reads give none after it. */
  volatile long durable = Long.MAX_VALUE;

  final AtomicInteger reads = new AtomicInteger();
  private PushSink sink = (records, nanos) -> {};

  World(InstantSource clock) {
    this.clock = clock;
  }

  void pushTo(PushSink next) {
    sink = next;
  }

  /** Puts events on the journal and hands them to the push side, as the loop does. */
  synchronized void happen(DomainEvent... events) {
    happenAfterBytes(0, events);
  }

  synchronized void happenAfterBytes(long receivedNanos, DomainEvent... events) {
    sink.published(append(events), receivedNanos);
  }

  /** Puts events on the journal that the push side is not told of. */
  synchronized List<JournalRecord> append(DomainEvent... events) {
    List<JournalRecord> records = new ArrayList<>();
    for (DomainEvent event : events) {
      state.apply(event);
      JournalRecord record = new JournalRecord(journal.size() + 1, event);
      journal.add(record);
      records.add(record);
    }
    return records;
  }

  synchronized long sequence() {
    return journal.size();
  }

  synchronized List<JournalRecord> journal() {
    return List.copyOf(journal);
  }

  @Override
  public void read(long sequence, Consumer<JournalRecord> each) {
    journal().stream()
        .filter(record -> record.sequence() > sequence && record.sequence() <= durable)
        .forEach(each);
    reads.incrementAndGet();
  }

  // Gateway and agents.

  void gatewayLive() {
    happen(new GatewayEvent.GatewayLive(GATEWAY, clock.instant(), "Asterisk 22"));
  }

  void gatewayLost() {
    happen(new GatewayEvent.GatewayLost(GATEWAY, clock.instant(), "connection reset"));
  }

  void logOn(AgentId agent, String extension, DeskId... desks) {
    happen(
        new AgentEvent.AgentLoggedOn(
            agent, clock.instant(), new Extension(extension), Set.of(desks)),
        new AgentEvent.AgentReady(agent, clock.instant()));
  }

  @Override
  public boolean offer(EngineInput input) {
    return false;
  }

  /** What was asked for in calls. */
  final List<CallCommand> callCommands = new CopyOnWriteArrayList<>();

  /** What was asked for of callbacks. */
  final List<CallbackCommand> callbackCommands = new CopyOnWriteArrayList<>();

  /** What supervisors asked for in the calls of others. */
  final List<SupervisorCommand> supervisorCommands = new CopyOnWriteArrayList<>();

  /** A phone rings for a supervisor who wants to listen to the agent's talk. */
  SupervisorEvent.ListeningAsked asked(SupervisorCommand.Listen command, boolean told) {
    return new SupervisorEvent.ListeningAsked(
        new ListeningId("cti-ear-" + supervisorCommands.size()),
        state
            .agent(command.agent())
            .flatMap(AgentStatus::call)
            .orElse(new CallId("call-of-" + command.agent())),
        clock.instant(),
        command.agent(),
        state.agent(command.agent()).flatMap(status -> status.desks().stream().findFirst()),
        command.extension(),
        command.mode(),
        told,
        command.by().user(),
        command.by().name());
  }

  /** The same to the first agent's, by a supervisor of the tests. */
  void supervisorListens(boolean told) {
    happen(
        asked(
            new SupervisorCommand.Listen(
                AGENT_1,
                new Extension("8090"),
                ListeningMode.LISTEN,
                new ActBy("supervisor", "班长0001", Optional.empty())),
            told));
  }

  /** Whether commands are left without a reply. */
  volatile boolean silent;

  @Override
  public synchronized CompletionStage<Reply> ask(Command command) {
    if (silent) {
      return new CompletableFuture<>();
    }
    Reply reply =
        switch (command) {
          case AgentCommand ofAgent -> decide(ofAgent);
          case CallCommand inCall -> {
            callCommands.add(inCall);
            yield new Reply.Accepted();
          }
          case CallbackCommand ofCallback -> {
            callbackCommands.add(ofCallback);
            yield new Reply.Accepted();
          }
          case SupervisorCommand supervising -> {
            supervisorCommands.add(supervising);
            if (supervising instanceof SupervisorCommand.Listen e) {
              happen(asked(e, true));
            }
            yield new Reply.Accepted();
          }
        };
    return CompletableFuture.completedFuture(reply);
  }

  private Reply decide(AgentCommand command) {
    if (agents().stream().noneMatch(agent -> agent.id().equals(command.agent()))) {
      return new Reply.Refusal("no-such-agent", "agent " + command.agent() + " is not known");
    }
    Instant now = clock.instant();
    AgentStatus status =
        state.agent(command.agent()).orElse(AgentStatus.loggedOff(command.agent(), now));
    return switch (command) {
      case LogOn e -> {
        Optional<AgentId> there = state.agentAt(e.extension());
        if (there.isPresent() && !there.get().equals(e.agent())) {
          yield new Reply.Refusal(
              "extension-taken", "extension " + e.extension() + " is used by " + there.get());
        }
        happen(new AgentEvent.AgentLoggedOn(e.agent(), now, e.extension(), e.desks()));
        yield new Reply.Accepted();
      }
      case LogOff e -> {
        happen(new AgentEvent.AgentLoggedOff(e.agent(), now, e.reason()));
        yield new Reply.Accepted();
      }
      case ExtendWrapUp e ->
          status
              .call()
              .map(
                  call ->
                      state(
                          status,
                          new AgentEvent.AgentWrapUpExtended(
                              e.agent(), now, call, status.wrapUpUntil().orElse(now), 1)))
              .orElseGet(
                  () -> new Reply.Refusal("not-in-wrap-up", "agent " + e.agent() + " is in none"));
      case BecomeReady e -> state(status, new AgentEvent.AgentReady(e.agent(), now));
      case BecomeNotReady e ->
          state(status, new AgentEvent.AgentNotReady(e.agent(), now, e.reason()));
      case AgentCommand.OfRecording e ->
          new Reply.Refusal("no-talk", "agent " + e.agent() + " is in no talk");
    };
  }

  private Reply state(AgentStatus status, AgentEvent event) {
    if (status.state() == AgentState.LOGGED_OFF) {
      return new Reply.Refusal(
          "not-logged-on", "agent " + status.agent() + " is logged off, expected logged on");
    }
    happen(event);
    return new Reply.Accepted();
  }

  // Calls.

  TestCall call(String id) {
    return new TestCall(new CallId(id));
  }

  /** One call, told event by event. */
  final class TestCall {
    final CallId id;
    private String number = "";
    private DeskId desk = DESKTOP;
    private int attempts;

    private TestCall(CallId id) {
      this.id = id;
    }

    private AttemptId attempt() {
      return new AttemptId(id + "/v1/" + attempts);
    }

    private VisitId visit() {
      return new VisitId(id + "/v1");
    }

    private QueueName queue() {
      return new QueueName("q-" + desk);
    }

    TestCall arrives(String from) {
      number = from;
      return event(
          new CallEvent.ServiceInitiated(
              id,
              clock.instant(),
              EventCause.NORMAL,
              new ConnectionId(id + "-c"),
              GATEWAY,
              "DAHDI/1-1",
              from,
              "",
              "2000",
              Direction.INBOUND));
    }

    TestCall identified(String... staff) {
      return event(
          new CallEvent.CallerIdentified(
              id,
              clock.instant(),
              EventCause.NORMAL,
              number,
              Arrays.stream(staff).map(StaffId::new).toList()));
    }

    TestCall presses(String digits) {
      return event(
          new CallEvent.DigitsDialled(id, clock.instant(), EventCause.NORMAL, "main-menu", digits));
    }

    TestCall queued(DeskId to) {
      desk = to;
      event(
          new CallEvent.Routed(
              id, clock.instant(), EventCause.NORMAL, to, queue(), "by-key", "按键选择的服务台"));
      return event(
          new CallEvent.Queued(
              id, clock.instant(), EventCause.NORMAL, visit(), queue(), Optional.of(to), 1));
    }

    /** The same call, told by another teller who knows the desk. */
    TestCall queuedAs(DeskId to) {
      desk = to;
      return this;
    }

    TestCall rings(AgentId agent, String extension) {
      attempts++;
      return event(delivered(agent, extension));
    }

    CallEvent.Delivered delivered(AgentId agent, String extension) {
      return new CallEvent.Delivered(
          id,
          clock.instant(),
          EventCause.NORMAL,
          visit(),
          attempt(),
          Optional.of(agent),
          new Extension(extension));
    }

    TestCall notAnswered() {
      return event(
          new CallEvent.Diverted(
              id,
              clock.instant(),
              EventCause.NO_ANSWER,
              visit(),
              attempt(),
              RingOutcome.NO_ANSWER));
    }

    TestCall answered(AgentId agent, String extension) {
      event(
          new CallEvent.Established(
              id,
              clock.instant(),
              EventCause.NORMAL,
              visit(),
              attempt(),
              Optional.of(agent),
              new Extension(extension)));
      event(
          new CallEvent.QueueVisitEnded(
              id, clock.instant(), EventCause.NORMAL, visit(), QueueOutcome.ANSWERED, 1));
      happen(new AgentEvent.AgentBusy(agent, clock.instant(), id));
      return this;
    }

    TestCall talkEnds(AgentId agent, ClearedBy by) {
      event(
          new CallEvent.TalkEnded(
              id, clock.instant(), EventCause.NORMAL, visit(), attempt(), Optional.of(agent), by));
      happen(
          new AgentEvent.AgentWorkingAfterCall(
              agent, clock.instant(), id, clock.instant().plusSeconds(60)));
      return this;
    }

    TestCall cleared(CallOutcome outcome, ClearedBy by) {
      return event(
          new CallEvent.CallCleared(
              id, clock.instant(), EventCause.NORMAL, outcome, by, DataQuality.LIVE));
    }

    /** An agent makes a call of their own, by hand. */
    TestCall dialledBy(AgentId agent, String extension, String called, Direction direction) {
      event(
          new CallEvent.ServiceInitiated(
              id,
              clock.instant(),
              EventCause.NORMAL,
              new ConnectionId(id + "-c"),
              GATEWAY,
              "PJSIP/" + extension + "-1",
              extension,
              "",
              called,
              direction));
      return partRings(id + "-c", PartRole.CALLER, agent, extension);
    }

    /** A phone rings that no queue chose. */
    TestCall partRings(String connection, PartRole role, AgentId agent, String extension) {
      return event(
          new CallEvent.PartDelivered(
              id,
              clock.instant(),
              EventCause.NORMAL,
              new ConnectionId(connection),
              role,
              Optional.of(agent),
              extension));
    }

    TestCall partAnswered(String connection, AgentId agent) {
      event(
          new CallEvent.PartEstablished(
              id,
              clock.instant(),
              EventCause.NORMAL,
              new ConnectionId(connection),
              Optional.of(agent)));
      happen(new AgentEvent.AgentBusy(agent, clock.instant(), id));
      return this;
    }

    TestCall partFailed(String connection, RingOutcome outcome) {
      return event(
          new CallEvent.Failed(
              id, clock.instant(), EventCause.NORMAL, new ConnectionId(connection), outcome));
    }

    private TestCall event(CallEvent event) {
      happen(event);
      return this;
    }
  }

  // Master data.

  @Override
  public List<Site> sites() {
    return List.of(
        site("hq", "公司本部", SiteKind.HEADQUARTERS, "757"),
        site("gz", "广州厂", SiteKind.FACTORY, "20"));
  }

  private static Site site(String id, String name, SiteKind kind, String area) {
    return new Site(new SiteId(id), name, kind, area, List.of(), "", "9");
  }

  @Override
  public List<Desk> desks() {
    return List.of(
        desk(DESKTOP, "本部(桌面)", "hq", "桌面"),
        desk(ERP, "本部(ERP)", "hq", "ERP"),
        desk(GUANGZHOU, "广州厂", "gz", "综合"));
  }

  private final Map<DeskId, RecordingRules> recording = new ConcurrentHashMap<>();

  /** The desk records like this from now on. */
  void recording(DeskId desk, RecordingRules rules) {
    recording.put(desk, rules);
  }

  private Desk desk(DeskId id, String name, String site, String line) {
    return new Desk(
        id,
        name,
        new SiteId(site),
        line,
        new QueueName("q-" + id),
        Duration.ofSeconds(60),
        Duration.ofMinutes(5),
        recording.getOrDefault(id, RecordingRules.NONE));
  }

  @Override
  public List<Agent> agents() {
    return List.of(
        new Agent(AGENT_1, "坐席0001", Map.of(DESKTOP, SeatRole.A, ERP, SeatRole.B)),
        new Agent(AGENT_2, "坐席0002", Map.of(GUANGZHOU, SeatRole.A)),
        new Agent(AGENT_9, "班长0001", Map.of(DESKTOP, SeatRole.B)));
  }

  @Override
  public List<String> services() {
    return List.of("末端服务和技术服务", "办公协同服务", "ERP服务", "企业门户");
  }

  @Override
  public List<String> categories() {
    return List.of("打印机/复印机", "电脑/显示器", "Ukey/权限/账号密码", "VPN", "咨询培训");
  }

  private static StaffMember staff(
      String id, String name, StaffStatus status, boolean vip, String given, String remark) {
    return new StaffMember(
        new StaffId(id),
        name,
        DepartmentPath.parse("公司>财务部>会计科"),
        new SiteId("hq"),
        "1 号楼 305",
        List.of(
            new PhoneNumber(given, NumberKind.MOBILE, Optional.of("+86" + given), Optional.empty()),
            new PhoneNumber(
                "0757-88881234",
                NumberKind.OFFICE_LINE,
                Optional.of("+8675788881234"),
                Optional.of("1234"))),
        id + "@example.com",
        status,
        vip,
        remark);
  }

  private static final List<StaffMember> STAFF =
      List.of(
          staff("E0001", "员工0001", StaffStatus.ACTIVE, true, KNOWN_NUMBER, "习惯用工号称呼"),
          staff("E0002", "员工0002", StaffStatus.RETIRED, false, "13800000002", ""),
          staff("E0003", "员工0003", StaffStatus.EXTERNAL, false, KNOWN_NUMBER, ""));

  @Override
  public List<StaffMember> byNumber(String presented) {
    return STAFF.stream()
        .filter(one -> one.numbers().stream().anyMatch(n -> n.given().equals(presented)))
        .toList();
  }

  @Override
  public Optional<StaffMember> byId(StaffId id) {
    return STAFF.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  @Override
  public StaffQuery.Found find(StaffQuery query, Optional<StaffId> after, int limit) {
    List<StaffMember> found =
        query.number().map(this::byNumber).orElse(STAFF).stream()
            .filter(
                one ->
                    query.text().isEmpty()
                        || one.name().contains(query.text().get())
                        || one.id().value().contains(query.text().get()))
            .toList();
    return new StaffQuery.Found(
        found.stream().limit(limit).toList(), found.size(), Optional.empty());
  }

  @Override
  public List<DepartmentTree.Department> departments() {
    return DepartmentTree.of(STAFF);
  }
}
