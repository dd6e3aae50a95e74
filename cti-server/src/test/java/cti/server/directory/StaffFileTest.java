package cti.server.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cti.core.directory.StaffMember;
import cti.server.yaml.BadFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaffFileTest {
  private static final String HEADER =
      "id,name,department,site,address,office,mobile,email,status,vip,remark\n";

  private final StaffFile reader =
      new StaffFile(SampleCatalog.load().sites(), new LibPhoneNumberNormalizer());

  private List<String> faults(String csv) {
    return assertThrows(BadFileException.class, () -> reader.read("staff.csv", csv)).faults();
  }

  @Test
  void readsQuotesLineEndsAndAByteOrderMark() throws Exception {
    List<StaffMember> staff =
        reader.read(
            "staff.csv",
            "\ufeff"
                + HEADER.replace("\n", "\r\n")
                + "E1,员工0001,公司>部门,hq,\"1号楼, 2室\",1234;0757-88881235,13900000001,,active,yes,"
                + "\"说\"\"好\"\"\r\n两行\"\r\n"
                + "\r\n"
                + "E2,员工0002,,gz,,,,,retired,,");
    assertEquals(2, staff.size());
    StaffMember first = staff.getFirst();
    assertEquals("1号楼, 2室", first.officeAddress());
    assertEquals("说\"好\"\r\n两行", first.remark());
    assertEquals(3, first.numbers().size());
    assertEquals(List.of("公司", "部门"), first.department().parts());
    assertEquals(List.of(), staff.getLast().numbers());
  }

  @Test
  void reportsEveryFaultByRowAndColumn() {
    assertEquals(
        List.of(
            "staff.csv: row 2 column name: is empty",
            "staff.csv: row 2 column department: is '公司>' and has a blank part, expected"
                + " 公司>部门>科室",
            "staff.csv: row 2 column site: is 'mars', expected one of gz, hq, mz, sg, zj",
            "staff.csv: row 3: has 2 cells, expected 11",
            "staff.csv: row 4 column office: number '12345' is neither a number with area code, a"
                + " local number, a mobile nor an extension of site hq; expected like"
                + " 0757-88881234, 88881234, 13900000001, +8675788881234, 1234 or"
                + " 0757-88880000-1234",
            "staff.csv: row 4 column status: is 'asleep', expected one of active, retired,"
                + " external",
            "staff.csv: row 4 column vip: is 'maybe', expected yes or nothing",
            "staff.csv: row 6 column id: is E3, which row 5 has"),
        faults(
            HEADER
                + "E1,,公司>,mars,,,,,active,,\n"
                + "E2,x\n"
                + "E2,员工,,hq,,12345,,,asleep,maybe,\n"
                + "E3,员工,,hq,,,,,active,,\n"
                + "E3,员工,,hq,,,,,active,,\n"));
  }

  @Test
  void reportsColumns() {
    assertEquals(
        List.of(
            "staff.csv: row 1: column 'nickname' is not known, expected"
                + " id,name,department,site,address,office,mobile,email,status,vip,remark",
            "staff.csv: row 1: column id is there twice, expected once",
            "staff.csv: row 1: column remark is missing"),
        faults(HEADER.replace("remark", "nickname").replace("\n", ",id\n")));
    assertEquals(
        List.of("staff.csv: row 2 has a quote that never ends"), faults(HEADER + "\"E1,员工"));
    assertEquals(1, faults("").size());
  }

  @Test
  void aBrokenCatalogueSaysEverything() {
    assertEquals(
        List.of(
            "c.yaml: sites.1.kind: is moon, expected one of headquarters, factory",
            "c.yaml: desks.1.longest_wait: is 5, expected a whole number 10 to 3600",
            "c.yaml: agents.1: has no seat, expected desks under a or b",
            "c.yaml: agents: agent 2: no desk x"),
        assertThrows(
                BadFileException.class,
                () ->
                    CatalogFile.read(
                        "c.yaml",
                        """
                        sites:
                          - { id: s, name: S, kind: moon, area_code: "20", extensions: "10-19" }
                        desks:
                          - { id: x, name: X, site: s, business_line: b, queue: q, wrap_up: 1, longest_wait: 5 }
                        agents:
                          - { id: "1", name: A }
                          - { id: "2", name: B, a: [x] }
                        """))
            .faults());
  }
}
