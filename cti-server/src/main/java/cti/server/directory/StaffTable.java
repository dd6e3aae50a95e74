package cti.server.directory;

import cti.core.directory.StaffField;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffReading;
import cti.core.directory.StaffReading.Read;
import cti.core.fault.FaultText;
import cti.core.id.StaffId;
import cti.core.port.DirectoryPreviews.RowFault;
import cti.server.directory.sheet.SheetRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * People of a table whose first row names the columns, in any order.
 *
 * @param rowOf where a person stands
 */
record StaffTable(List<StaffMember> members, Map<StaffId, Integer> rowOf, List<RowFault> faults) {
  /** More faults than that help nobody. */
  static final int MOST_FAULTS = 1_000;

  private static final String COLUMNS = String.join(",", StaffField.columns());

  StaffTable {
    members = List.copyOf(members);
    rowOf = Map.copyOf(rowOf);
    faults = List.copyOf(faults);
  }

  /**
   * @param ragged whether a row may lack cells at its end, as in a workbook
   * @param done is told how many rows are read
   */
  static StaffTable read(
      List<SheetRow> rows, boolean ragged, StaffReading reading, IntConsumer done) {
    Reader reader = new Reader(reading, ragged);
    if (rows.isEmpty()) {
      reader.fault(
          1, "", FaultText.of("no-header", "is missing, expected the columns {0}", COLUMNS));
    } else if (reader.header(rows.getFirst())) {
      for (int i = 1; i < rows.size() && reader.faults.size() < MOST_FAULTS; i++) {
        if (!rows.get(i).isBlank()) {
          reader.row(rows.get(i), rows.getFirst().cells().size());
        }
        done.accept(i);
      }
    }
    return new StaffTable(reader.members, reader.rowOf, reader.faults);
  }

  private static final class Reader {
    private final StaffReading reading;
    private final boolean ragged;
    private final Map<StaffField, Integer> columns = new HashMap<>();
    private final List<StaffMember> members = new ArrayList<>();
    private final Map<StaffId, Integer> rowOf = new HashMap<>();
    private final List<RowFault> faults = new ArrayList<>();

    Reader(StaffReading reading, boolean ragged) {
      this.reading = reading;
      this.ragged = ragged;
    }

    void fault(int row, String column, FaultText what) {
      faults.add(new RowFault(row, column, "", what));
    }

    boolean header(SheetRow header) {
      for (int i = 0; i < header.cells().size(); i++) {
        String name = header.cell(i).strip();
        StaffField field = StaffField.of(name).orElse(null);
        if (field == null) {
          fault(
              1,
              "",
              FaultText.of(
                  "no-such-column", "column '{0}' is not known, expected {1}", name, COLUMNS));
        } else if (columns.putIfAbsent(field, i) != null) {
          fault(
              1,
              "",
              FaultText.of("column-twice", "column {0} is there twice, expected once", name));
        }
      }
      for (StaffField field : StaffField.values()) {
        if (!columns.containsKey(field)) {
          fault(1, "", FaultText.of("column-missing", "column {0} is missing", field.column()));
        }
      }
      return faults.isEmpty();
    }

    void row(SheetRow row, int width) {
      if (row.cells().size() > width || (row.cells().size() < width && !ragged)) {
        fault(
            row.number(),
            "",
            FaultText.of("cells", "has {0} cells, expected {1}", row.cells().size(), width));
        return;
      }
      switch (reading.read(field -> row.cell(columns.get(field)))) {
        case Read.Faulty faulty ->
            faulty.faults().forEach(one -> fault(row.number(), one.field().column(), one.what()));
        case Read.Good(StaffMember member) -> {
          Integer before = rowOf.putIfAbsent(member.id(), row.number());
          if (before != null) {
            fault(
                row.number(),
                StaffField.ID.column(),
                FaultText.of("taken-by-row", "is {0}, which row {1} has", member.id(), before));
          } else {
            members.add(member);
          }
        }
      }
    }
  }
}
