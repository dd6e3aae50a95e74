package cti.server.directory.sheet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tables in CSV (RFC 4180): quotes, doubled quotes, line ends within quotes. Written in UTF-8 with
 * a byte order mark, without which Excel takes it for a local code page; read in UTF-8 with or
 * without one, or in GB 18030 where it is no UTF-8 at all.
 *
 * <p>A text that a spreadsheet would run as a formula is written behind an apostrophe, and read
 * without it.
 */
public final class CsvSheet {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Pattern GUARDED = Pattern.compile("'*[=+\\-@\\t\\r].*", Pattern.DOTALL);

  private CsvSheet() {}

  /**
   * @throws SheetException where the bytes are no such table, or too many
   */
  public static List<SheetRow> read(byte[] bytes, SheetLimits limits) throws SheetException {
    String text = decode(bytes);
    return rows(text.startsWith("\ufeff") ? text.substring(1) : text, limits);
  }

  static String decode(byte[] bytes) throws SheetException {
    try {
      return strictly(bytes, StandardCharsets.UTF_8);
    } catch (CharacterCodingException noUtf8) {
      try {
        return strictly(bytes, GB18030);
      } catch (CharacterCodingException neither) {
        throw new SheetException("the text is neither UTF-8 nor GB 18030, expected one of them");
      }
    }
  }

  private static String strictly(byte[] bytes, Charset charset) throws CharacterCodingException {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes))
        .toString();
  }

  private static List<SheetRow> rows(String csv, SheetLimits limits) throws SheetException {
    List<SheetRow> rows = new ArrayList<>();
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
        endCell(cell, row, rows.size() + 1);
      } else if (c == '\n') {
        endCell(cell, row, rows.size() + 1);
        limits.checkRow(rows.size() + 1);
        rows.add(new SheetRow(rows.size() + 1, row));
        row = new ArrayList<>();
      } else if (c != '\r') {
        cell.append(c);
      }
      if (cell.length() > SheetLimits.LONGEST_CELL) {
        throw new SheetException(
            "row "
                + (rows.size() + 1)
                + " has a cell of more than "
                + SheetLimits.LONGEST_CELL
                + " characters"
                + (quoted ? ", or a quote that never ends" : ""));
      }
    }
    if (quoted) {
      throw new SheetException("row " + (rows.size() + 1) + " has a quote that never ends");
    }
    if (!cell.isEmpty() || !row.isEmpty()) {
      endCell(cell, row, rows.size() + 1);
      limits.checkRow(rows.size() + 1);
      rows.add(new SheetRow(rows.size() + 1, row));
    }
    return rows;
  }

  private static void endCell(StringBuilder cell, List<String> row, int number)
      throws SheetException {
    if (row.size() == SheetLimits.MOST_COLUMNS) {
      throw new SheetException(
          "row " + number + " has more than " + SheetLimits.MOST_COLUMNS + " cells");
    }
    String text = cell.toString();
    row.add(text.startsWith("'") && GUARDED.matcher(text).matches() ? text.substring(1) : text);
    cell.setLength(0);
  }

  /** The bytes of a file; the first row names the columns. */
  public static byte[] write(Iterable<List<String>> rows) {
    StringBuilder text = new StringBuilder("\ufeff");
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        text.append(i == 0 ? "" : ",").append(cell(row.get(i)));
      }
      text.append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String cell(String value) {
    String safe = GUARDED.matcher(value).matches() ? "'" + value : value;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
