package cti.server.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.desk.Site;
import cti.core.directory.DepartmentPath;
import cti.core.directory.DialPlan;
import cti.core.directory.DirectoryIndex;
import cti.core.directory.GoneRule;
import cti.core.directory.StaffField;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.port.DirectoryEditing.Edited;
import cti.core.port.DirectoryPreviews.Begun;
import cti.core.port.DirectoryPreviews.Format;
import cti.core.port.DirectoryPreviews.Preview;
import cti.core.port.DirectoryPreviews.State;
import cti.core.port.DirectoryPreviews.Taken;
import cti.server.directory.sheet.SheetException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Previews of files, departments, dial plans and another directory, over a directory in memory. */
class PreviewsTest {
  private static final SampleCatalog SAMPLE = SampleCatalog.load();
  private static final Set<StaffField> KEPT =
      Set.of(StaffField.ID, StaffField.NAME, StaffField.SITE, StaffField.STATUS, StaffField.OFFICE);
  private static final String HEADER = String.join(",", StaffField.columns()) + "\n";

  private final DirectoryInMemory directory =
      new DirectoryInMemory(Clock.systemUTC(), SAMPLE.sites(), SAMPLE.staff());
  private final LibPhoneNumberNormalizer normalizer = new LibPhoneNumberNormalizer();
  private final Previews previews =
      new Previews(
          directory,
          directory::apply,
          normalizer,
          source -> source.equals("ldap") ? KEPT : Set.of(),
          Clock.systemUTC(),
          Duration.ofMinutes(1));
  private final StaffEditing editing =
      new StaffEditing(
          directory,
          change -> directory.apply(change, written -> {}),
          directory::sites,
          normalizer,
          source -> source.equals("ldap") ? KEPT : Set.of());

  @AfterEach
  void close() {
    previews.close();
  }

  private Preview made(Begun begun) {
    return settled(assertInstanceOf(Begun.Started.class, begun).preview().id());
  }

  private Preview settled(String id) {
    Awaitility.await()
        .until(
            () -> {
              State state = previews.find(id).orElseThrow().state();
              return state != State.READING && state != State.APPLYING;
            });
    return previews.find(id).orElseThrow();
  }

  private Preview csv(String csv, GoneRule gone) {
    return made(previews.file(csv.getBytes(StandardCharsets.UTF_8), Format.CSV, gone, "admin"));
  }

  private Preview applied(Preview ready) {
    assertInstanceOf(
        Taken.Done.class, previews.apply(ready.id(), ready.token().orElseThrow(), "admin"));
    return settled(ready.id());
  }

  private StaffMember person(String id) {
    return directory.find(new StaffId(id)).orElseThrow().member();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void anExportReadsBackWithoutAChange(Format format) {
    byte[] file = new StaffSheets(directory).export(format);
    Preview preview = made(previews.file(file, format, GoneRule.RETIRE, "admin"));
    assertEquals(State.READY, preview.state(), preview.message());
    assertEquals(
        0, preview.counts().added() + preview.counts().changed() + preview.counts().gone());
    assertEquals(60, preview.counts().unchanged());
    Preview template =
        made(
            previews.file(new StaffSheets(directory).template(format), format, GoneRule.KEEP, "a"));
    assertEquals(State.READY, template.state(), template.message());
  }

  @Test
  void aFileIsPreviewedFieldByFieldAndAppliedWhole() {
    String file =
        HEADER
            + "E0001,员工0001,公司本部>信息中心>网络科,hq,公司本部2号楼101室,88881001,13900000001,"
            + "e0001@example.com,active,,\n"
            + "E9001,员工9001,公司本部,hq,,1901,,,active,yes,新\n";
    Preview preview = csv(file, GoneRule.KEEP);
    assertEquals(State.READY, preview.state());
    assertEquals(1, preview.counts().added());
    assertEquals(1, preview.counts().changed());
    assertEquals(59, preview.counts().kept());
    assertEquals(
        List.of("E0001 DEPARTMENT: 公司本部>信息中心>运维科 -> 公司本部>信息中心>网络科"),
        previews
            .changes(preview.id(), Optional.empty(), 0, 1)
            .orElseThrow()
            .items()
            .getFirst()
            .fields()
            .stream()
            .map(one -> "E0001 " + one.field() + ": " + one.before() + " -> " + one.after())
            .toList());
    assertEquals(DepartmentPath.parse("公司本部>信息中心>运维科"), person("E0001").department());
    assertEquals(State.APPLIED, applied(preview).state());
    assertEquals(DepartmentPath.parse("公司本部>信息中心>网络科"), person("E0001").department());
    assertTrue(person("E9001").vip());
    assertEquals(
        List.of("import", "admin"),
        directory
            .entries(Optional.of("staff E9001"), Optional.empty(), Optional.empty(), 9)
            .stream()
            .flatMap(entry -> List.of(entry.action(), entry.account()).stream())
            .toList());
  }

  @Test
  void oneFaultKeepsTheWholeFileOut() {
    Preview preview =
        csv(
            HEADER
                + "E9001,员工9001,,hq,,,,,active,,\n"
                + "E9002,,,mars,,,,,active,,\n"
                + "E9003,员工9003,,hq,,12,,not-an-address,asleep,,\n",
            GoneRule.KEEP);
    assertEquals(State.FAULTY, preview.state());
    assertEquals(Optional.empty(), preview.token());
    assertEquals(
        List.of("3 name", "3 site", "4 office", "4 email", "4 status"),
        previews.faults(preview.id(), 0, 50).orElseThrow().items().stream()
            .map(fault -> fault.row() + " " + fault.column())
            .toList());
    assertInstanceOf(Taken.Refused.class, previews.apply(preview.id(), "any", "admin"));
    assertEquals(Optional.empty(), directory.find(new StaffId("E9001")));
  }

  @Test
  void onlyWhatWasSeenIsAppliedAndOnlyOnce() {
    Preview preview = csv(HEADER + "E9001,员工9001,,hq,,,,,active,,\n", GoneRule.KEEP);
    Taken wrong = previews.apply(preview.id(), "0000", "admin");
    assertEquals("wrong-token", assertInstanceOf(Taken.Refused.class, wrong).id());
    // Somebody edits one person between preview and decision.
    StaffMember other = person("E0030");
    Edited edited =
        editing.retire(
            other.id(), directory.find(other.id()).orElseThrow().version(), "supervisor");
    assertInstanceOf(Edited.Done.class, edited);
    Preview failed = applied(preview);
    assertEquals(State.FAILED, failed.state());
    assertTrue(failed.message().contains("changed after the preview"), failed.message());
    assertEquals(Optional.empty(), directory.find(new StaffId("E9001")));
    Preview again = csv(HEADER + "E9001,员工9001,,hq,,,,,active,,\n", GoneRule.KEEP);
    assertEquals(State.APPLIED, applied(again).state());
    assertInstanceOf(
        Taken.Refused.class, previews.apply(again.id(), again.token().orElseThrow(), "admin"));
  }

  @Test
  void whoIsGoneIsRetiredWhereTheFileIsWhole() {
    Preview preview =
        csv(
            HEADER
                + "E0001,员工0001,公司本部>信息中心>运维科,hq,公司本部2号楼101室,88881001,13900000001,"
                + "e0001@example.com,active,,\n",
            GoneRule.RETIRE);
    long retired =
        SAMPLE.staff().stream().filter(one -> one.status() == StaffStatus.RETIRED).count();
    assertEquals(59 - retired, preview.counts().gone());
    assertEquals(State.APPLIED, applied(preview).state());
    assertEquals(StaffStatus.RETIRED, person("E0025").status());
    DirectoryIndex index =
        new DirectoryIndex(new DialPlan(directory.sites()), directory.read().staff());
    assertEquals(List.of(), index.lookup("2001"), "the line is free");
  }

  @Test
  void aDepartmentIsMovedWithAllBelowIt() {
    Preview preview =
        made(
            previews.moveDepartment(
                DepartmentPath.parse("公司本部>信息中心"), DepartmentPath.parse("公司本部>数字化部"), "admin"));
    long there =
        SAMPLE.staff().stream()
            .filter(one -> one.department().toString().startsWith("公司本部>信息中心"))
            .count();
    assertTrue(there > 1);
    assertEquals(there, preview.counts().changed());
    assertEquals(State.APPLIED, applied(preview).state());
    assertEquals("公司本部>数字化部>运维科", person("E0001").department().toString());
    Preview nobody =
        made(
            previews.moveDepartment(
                DepartmentPath.parse("公司本部>信息中心"), DepartmentPath.parse("别处"), "admin"));
    assertEquals(State.FAILED, nobody.state());
    assertTrue(nobody.message().contains("nobody is in"), nobody.message());
  }

  @Test
  void anotherDialPlanGivesNumbersAnotherForm() {
    Site gz =
        SAMPLE.sites().stream().filter(site -> site.id().value().equals("gz")).findFirst().get();
    Site next =
        new Site(gz.id(), gz.name(), gz.kind(), "755", gz.extensions(), "6123", gz.outsidePrefix());
    Preview preview = made(previews.dialPlan(new SiteId("gz"), next, "admin"));
    assertEquals(State.READY, preview.state(), preview.message());
    assertTrue(preview.counts().changed() > 0);
    assertEquals(State.APPLIED, applied(preview).state());
    assertEquals(
        Optional.of("+8675586662001"),
        person("E0025").numbers().getFirst().e164(),
        person("E0025").toString());
    assertEquals(
        "755",
        directory.sites().stream()
            .filter(s -> s.id().equals(gz.id()))
            .findFirst()
            .get()
            .areaCode());
  }

  @Test
  void theDatabaseAwayIsAMessage() {
    directory.away = true;
    Preview preview = csv(HEADER + "E9001,员工9001,,hq,,,,,active,,\n", GoneRule.KEEP);
    assertEquals(State.FAILED, preview.state());
    assertTrue(preview.message().contains("database"), preview.message());
  }

  /** Another directory, as a test wants it. */
  private static final class Elsewhere implements PeopleSource {
    private List<Entry> entries = List.of();
    private boolean away;

    @Override
    public String name() {
      return "ldap";
    }

    @Override
    public Set<StaffField> keeps() {
      return KEPT;
    }

    @Override
    public List<Entry> read(Course course) throws SheetException {
      if (away) {
        throw new SheetException("LDAP is away");
      }
      return entries;
    }
  }

  private static PeopleSource.Entry entry(String id, String name, String office) {
    Map<StaffField, String> texts = new EnumMap<>(StaffField.class);
    texts.put(StaffField.ID, id);
    texts.put(StaffField.NAME, name);
    texts.put(StaffField.SITE, "hq");
    texts.put(StaffField.OFFICE, office);
    texts.put(StaffField.STATUS, "active");
    return new PeopleSource.Entry("uid=" + id, texts);
  }

  private Preview looked(SourceSync sync) {
    Preview preview = assertInstanceOf(Begun.Started.class, sync.look("admin")).preview();
    return settled(preview.id());
  }

  @Test
  void anotherDirectoryKeepsItsPeopleAndNothingElse() throws Exception {
    Elsewhere elsewhere = new Elsewhere();
    elsewhere.entries = List.of(entry("E0001", "员工0001改", "1777"), entry("L1", "员工L1", "1778"));
    try (SourceSync sync = new SourceSync(elsewhere, previews, Duration.ofHours(1), 5)) {
      Preview first = looked(sync);
      assertEquals(1, first.counts().added());
      assertEquals(1, first.counts().changed());
      assertEquals(0, first.counts().gone(), "people who are kept by hand are not its concern");
      assertEquals(State.APPLIED, applied(first).state());
      assertEquals("员工0001改", person("E0001").name());
      assertEquals("13900000001", person("E0001").numbers().getLast().given(), "not kept by it");
      assertEquals("ldap", directory.find(new StaffId("E0001")).orElseThrow().source());

      // What it keeps is not edited here, by hand or by file; the rest is.
      Map<StaffField, String> texts = new EnumMap<>(StaffField.class);
      StaffField.texts(person("E0001"))
          .forEach((column, text) -> texts.put(StaffField.of(column).orElseThrow(), text));
      String version = directory.find(new StaffId("E0001")).orElseThrow().version();
      texts.put(StaffField.NAME, "另一个");
      assertEquals(
          "kept-by-source",
          assertInstanceOf(
                  Edited.Refused.class,
                  editing.change(new StaffId("E0001"), texts, version, "admin"))
              .id());
      texts.put(StaffField.NAME, "员工0001改");
      texts.put(StaffField.REMARK, "备注");
      assertInstanceOf(
          Edited.Done.class, editing.change(new StaffId("E0001"), texts, version, "admin"));
      Preview file = csv(HEADER + "L1,另一个,,hq,,1778,,,active,,\n", GoneRule.RETIRE);
      assertEquals(State.FAULTY, file.state());
      assertEquals(
          "name", previews.faults(file.id(), 0, 9).orElseThrow().items().getFirst().column());

      // An entry with a fault leaves its person alone; one that is gone is retired.
      elsewhere.entries = List.of(entry("E0001", "员工0001改", "12"));
      Preview second = looked(sync);
      assertEquals(1, second.counts().faults());
      assertEquals(1, second.counts().gone());
      assertEquals(State.APPLIED, applied(second).state());
      assertEquals(StaffStatus.RETIRED, person("L1").status());
      assertEquals("备注", person("E0001").remark());
      assertEquals("1777", person("E0001").numbers().getFirst().given());
    }
  }

  @Test
  void aLookByWhichTooManyAreGoneWaitsAndOthersApplyThemselves() throws Exception {
    Elsewhere elsewhere = new Elsewhere();
    elsewhere.entries = List.of(entry("L1", "员工L1", "1701"), entry("L2", "员工L2", "1702"));
    SourceSync sync = new SourceSync(elsewhere, previews, Duration.ofMillis(50), 5);
    try (sync) {
      sync.start();
      Awaitility.await().until(() -> directory.find(new StaffId("L2")).isPresent());
      elsewhere.entries = List.of(entry("L1", "员工L1", "1709"));
      Awaitility.await()
          .until(
              () ->
                  sync.sight().last().flatMap(previews::find).stream()
                      .anyMatch(one -> one.message().contains("1 of 2 people would be gone")));
    }
    assertEquals("1701", person("L1").numbers().getFirst().given(), "nothing of it is applied");
    Preview waiting = settled(sync.sight().last().orElseThrow());
    assertEquals(State.READY, waiting.state());
    assertEquals(State.APPLIED, applied(waiting).state());
    assertEquals(StaffStatus.RETIRED, person("L2").status());
    assertEquals("1709", person("L1").numbers().getFirst().given());
  }
}
