package cti.server.db;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.desk.Site.ExtensionRange;
import cti.core.desk.SiteKind;
import cti.core.directory.DepartmentPath;
import cti.core.directory.NumberKind;
import cti.core.directory.PhoneNumber;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.server.db.directory.DirectoryCatalog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A small world of made-up sites, desks and people. */
public final class SampleCatalog {
  private SampleCatalog() {}

  public static Site site(String id, SiteKind kind) {
    return new Site(
        new SiteId(id),
        "场所 " + id,
        kind,
        "757",
        List.of(new ExtensionRange("8000", "8099"), new ExtensionRange("8200", "8299")),
        "8888",
        "9");
  }

  public static Desk desk(String id, String site, String queue) {
    return new Desk(
        new DeskId(id),
        "服务台 " + id,
        new SiteId(site),
        "桌面",
        new QueueName(queue),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5));
  }

  public static StaffMember staff(String id, String site) {
    return new StaffMember(
        new StaffId(id),
        "员工" + id,
        DepartmentPath.parse("公司>信息部>运维科"),
        new SiteId(site),
        "1 号楼 305",
        List.of(
            new PhoneNumber(
                "0757-8888 80" + id.substring(2),
                NumberKind.OFFICE_LINE,
                Optional.of("+8675788888" + id),
                Optional.of("80" + id.substring(2))),
            new PhoneNumber("手机 😀", NumberKind.MOBILE, Optional.empty(), Optional.empty())),
        "staff" + id + "@example.invalid",
        StaffStatus.EXTERNAL,
        true,
        "备注");
  }

  public static DirectoryCatalog catalog() {
    return new DirectoryCatalog(
        List.of(site("hq", SiteKind.HEADQUARTERS), site("gz", SiteKind.FACTORY)),
        List.of(desk("hq-desktop", "hq", "q-desktop"), desk("gz", "gz", "q-gz")),
        List.of(staff("0001", "hq"), staff("0002", "gz")));
  }
}
