package cti.server.directory.sheet;

import java.util.List;

/**
 * A row of a table.
 *
 * @param number as a spreadsheet counts: the header is row 1
 */
public record SheetRow(int number, List<String> cells) {
  public SheetRow {
    cells = List.copyOf(cells);
  }

  /** The text of a cell; empty where the row is shorter. */
  public String cell(int column) {
    return column < cells.size() ? cells.get(column) : "";
  }

  /** True where nothing stands in it. */
  public boolean isBlank() {
    return cells.stream().allMatch(String::isBlank);
  }
}
