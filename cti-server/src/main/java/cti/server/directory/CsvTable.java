package cti.server.directory;

import cti.server.yaml.Faults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table in CSV (RFC 4180): quotes, doubled quotes, line ends within quotes; a byte order mark is
 * passed over. The first row names the columns.
 */
final class CsvTable {
  private CsvTable() {}

  /** A row by column name; {@code number} is that of a spreadsheet, so the header is row 1. */
  record Row(int number, Map<String, String> cells) {
    String cell(String column) {
      return cells.getOrDefault(column, "").strip();
    }
  }

  /** The rows; faults name row and column. */
  static List<Row> read(String csv, List<String> columns, Faults faults) {
    List<List<String>> lines = split(csv.startsWith("\ufeff") ? csv.substring(1) : csv, faults);
    if (lines.isEmpty()) {
      faults.add("row 1", "is missing, expected the columns " + String.join(",", columns));
      return List.of();
    }
    List<String> header = lines.getFirst().stream().map(String::strip).toList();
    checkHeader(header, columns, faults);
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      List<String> cells = lines.get(i);
      if (cells.size() == 1 && cells.getFirst().isBlank()) {
        continue;
      }
      if (cells.size() != header.size()) {
        faults.add("row " + (i + 1), "has " + cells.size() + " cells, expected " + header.size());
        continue;
      }
      Map<String, String> row = new HashMap<>();
      for (int column = 0; column < header.size(); column++) {
        row.put(header.get(column), cells.get(column));
      }
      rows.add(new Row(i + 1, row));
    }
    return rows;
  }

  private static void checkHeader(List<String> header, List<String> columns, Faults faults) {
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (!columns.contains(name)) {
        faults.add(
            "row 1", "column '" + name + "' is not known, expected " + String.join(",", columns));
      } else if (!seen.add(name)) {
        faults.add("row 1", "column " + name + " is there twice, expected once");
      }
    }
    for (String column : columns) {
      if (!header.contains(column)) {
        faults.add("row 1", "column " + column + " is missing");
      }
    }
  }

  private static List<List<String>> split(String csv, Faults faults) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (quoted) {
        if (c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else if (c == '"') {
          quoted = false;
        } else {
          cell.append(c);
        }
      } else if (c == '"' && cell.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        row.add(cell.toString());
        cell.setLength(0);
      } else if (c == '\n') {
        row.add(cell.toString());
        cell.setLength(0);
        rows.add(row);
        row = new ArrayList<>();
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    if (quoted) {
      faults.add("row " + (rows.size() + 1), "has a quote that never ends");
    }
    if (!cell.isEmpty() || !row.isEmpty()) {
      row.add(cell.toString());
      rows.add(row);
    }
    return rows;
  }
}
