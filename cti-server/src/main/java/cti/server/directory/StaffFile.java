package cti.server.directory;

import cti.core.desk.Site;
import cti.core.directory.NumberNormalizer;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffReading;
import cti.core.port.DirectoryPreviews.RowFault;
import cti.server.directory.sheet.CsvSheet;
import cti.server.directory.sheet.SheetException;
import cti.server.directory.sheet.SheetLimits;
import cti.server.yaml.BadFileException;
import cti.server.yaml.Faults;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the directory from CSV. Several numbers of one kind stand in one cell with ; between. All
 * or nothing: every fault is reported by row and column.
 */
public final class StaffFile {
  private static final SheetLimits ANY_SIZE =
      new SheetLimits(Integer.MAX_VALUE, Long.MAX_VALUE, () -> {});

  private final StaffReading reading;

  public StaffFile(List<Site> sites, NumberNormalizer normalizer) {
    this.reading = new StaffReading(sites, normalizer);
  }

  /**
   * @param file its name, for the messages
   * @throws BadFileException with every fault
   */
  public List<StaffMember> read(String file, String csv) throws BadFileException {
    Faults faults = new Faults(file);
    try {
      StaffTable table =
          StaffTable.read(
              CsvSheet.read(csv.getBytes(StandardCharsets.UTF_8), ANY_SIZE),
              false,
              reading,
              done -> {});
      for (RowFault fault : table.faults()) {
        String column = fault.column().isEmpty() ? "" : " column " + fault.column();
        faults.add("row " + fault.row() + column, fault.what().text());
      }
      faults.throwIfAny();
      return table.members();
    } catch (SheetException e) {
      faults.add("", e.getMessage());
      throw new BadFileException(faults.found());
    }
  }
}
