package cti.server.directory;

import cti.core.desk.Site;
import cti.core.directory.DepartmentPath;
import cti.core.directory.NumberKind;
import cti.core.directory.NumberNormalizer;
import cti.core.directory.PhoneNumber;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.server.yaml.BadFileException;
import cti.server.yaml.Faults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the directory from CSV. Several numbers of one kind stand in one cell with ; between. All
 * or nothing: every fault is reported by row and column.
 */
public final class StaffFile {
  /** The columns, in the order in which files are written; read in any order. */
  public static final List<String> COLUMNS =
      List.of(
          "id",
          "name",
          "department",
          "site",
          "address",
          "office",
          "mobile",
          "email",
          "status",
          "vip",
          "remark");

  private final Map<SiteId, Site> sites = new HashMap<>();
  private final NumberNormalizer normalizer;

  public StaffFile(List<Site> sites, NumberNormalizer normalizer) {
    sites.forEach(site -> this.sites.put(site.id(), site));
    this.normalizer = normalizer;
  }

  /**
   * @param file its name, for the messages
   * @throws BadFileException with every fault
   */
  public List<StaffMember> read(String file, String csv) throws BadFileException {
    Faults faults = new Faults(file);
    List<StaffMember> members = new ArrayList<>();
    Map<StaffId, Integer> rowOf = new HashMap<>();
    for (CsvTable.Row row : CsvTable.read(csv, COLUMNS, faults)) {
      member(row, faults)
          .ifPresent(
              member -> {
                Integer before = rowOf.putIfAbsent(member.id(), row.number());
                if (before != null) {
                  faults.add(
                      place(row, "id"), "is " + member.id() + ", which row " + before + " has");
                }
                members.add(member);
              });
    }
    faults.throwIfAny();
    return members;
  }

  private Optional<StaffMember> member(CsvTable.Row row, Faults faults) {
    int before = faults.count();
    String id = row.cell("id");
    if (id.isEmpty() || id.length() > 32) {
      faults.add(place(row, "id"), "is '" + id + "', expected 1 to 32 characters");
    }
    if (row.cell("name").isEmpty()) {
      faults.add(place(row, "name"), "is empty");
    }
    DepartmentPath department = department(row, faults);
    Site site = sites.get(new SiteId(row.cell("site").isEmpty() ? "-" : row.cell("site")));
    if (site == null) {
      faults.add(
          place(row, "site"),
          "is '"
              + row.cell("site")
              + "', expected one of "
              + sites.keySet().stream().sorted().toList());
      return Optional.empty();
    }
    List<PhoneNumber> numbers = new ArrayList<>();
    numbers(row, "office", NumberKind.OFFICE_LINE, site, numbers, faults);
    numbers(row, "mobile", NumberKind.MOBILE, site, numbers, faults);
    StaffStatus status = status(row, faults);
    boolean vip = vip(row, faults);
    if (faults.count() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new StaffMember(
            new StaffId(id),
            row.cell("name"),
            department,
            site.id(),
            row.cell("address"),
            numbers,
            row.cell("email"),
            status,
            vip,
            row.cell("remark")));
  }

  private static DepartmentPath department(CsvTable.Row row, Faults faults) {
    try {
      return DepartmentPath.parse(row.cell("department"));
    } catch (IllegalArgumentException e) {
      faults.add(place(row, "department"), e.getMessage());
      return new DepartmentPath(List.of());
    }
  }

  private void numbers(
      CsvTable.Row row,
      String column,
      NumberKind kind,
      Site site,
      List<PhoneNumber> numbers,
      Faults faults) {
    for (String given : row.cell(column).split(";")) {
      if (!given.isBlank()) {
        switch (normalizer.normalize(given.strip(), kind, site)) {
          case NumberNormalizer.Normalized.Valid valid -> numbers.add(valid.number());
          case NumberNormalizer.Normalized.Problem problem ->
              faults.add(place(row, column), problem.message());
        }
      }
    }
  }

  private static StaffStatus status(CsvTable.Row row, Faults faults) {
    for (StaffStatus status : StaffStatus.values()) {
      if (status.name().toLowerCase(Locale.ROOT).equals(row.cell("status"))) {
        return status;
      }
    }
    faults.add(
        place(row, "status"),
        "is '" + row.cell("status") + "', expected active, retired or external");
    return StaffStatus.ACTIVE;
  }

  private static boolean vip(CsvTable.Row row, Faults faults) {
    String cell = row.cell("vip");
    if (!cell.equals("yes") && !cell.isEmpty()) {
      faults.add(place(row, "vip"), "is '" + cell + "', expected yes or nothing");
    }
    return cell.equals("yes");
  }

  private static String place(CsvTable.Row row, String column) {
    return "row " + row.number() + " column " + column;
  }
}
