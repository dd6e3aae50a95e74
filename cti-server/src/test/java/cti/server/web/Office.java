package cti.server.web;

import cti.core.agent.Agent;
import cti.core.agent.SeatRole;
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
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.port.Catalog;
import cti.core.port.DirectoryLookup;
import cti.core.recording.RecordingRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The master data of the small world: two sites, three desks, their agents and staff. */
abstract class Office implements Catalog, DirectoryLookup {
  static final DeskId DESKTOP = new DeskId("hq-desktop");
  static final DeskId ERP = new DeskId("hq-erp");
  static final DeskId GUANGZHOU = new DeskId("gz");
  static final AgentId AGENT_1 = new AgentId("1001");
  static final AgentId AGENT_2 = new AgentId("1002");
  static final AgentId AGENT_9 = new AgentId("1009");
  static final String KNOWN_NUMBER = "13800000001";

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
