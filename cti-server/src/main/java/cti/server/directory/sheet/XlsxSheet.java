package cti.server.directory.sheet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/** Tables in the first sheet of an Excel workbook (XLSX, ISO/IEC 29500); every cell is a text. */
public final class XlsxSheet {
  private static final int MOST_PARTS = 1_000;

  private XlsxSheet() {}

  /**
   * Reads the first sheet. A number is read as its digits; a formula is refused, for its value may
   * be an old one.
   *
   * @throws SheetException where the bytes are no such workbook, or too much
   */
  public static List<SheetRow> read(byte[] bytes, SheetLimits limits) throws SheetException {
    checkSize(bytes, limits);
    try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes));
        Stream<Row> stream = workbook.getFirstSheet().openStream()) {
      List<SheetRow> rows = new ArrayList<>();
      for (Iterator<Row> all = stream.iterator(); all.hasNext(); ) {
        Row row = all.next();
        limits.checkRow(row.getRowNum());
        rows.add(new SheetRow(row.getRowNum(), cells(row)));
      }
      return rows;
    } catch (IOException | RuntimeException broken) {
      // Also what the library makes of XML that is not as the standard says: no fault of ours.
      throw new SheetException("the file is no XLSX that can be read: " + broken, broken);
    }
  }

  private static List<String> cells(Row row) throws SheetException {
    if (row.getCellCount() > SheetLimits.MOST_COLUMNS) {
      throw new SheetException(
          "row " + row.getRowNum() + " has more than " + SheetLimits.MOST_COLUMNS + " cells");
    }
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.getCellCount(); i++) {
      Cell cell = row.getCell(i);
      cells.add(cell == null ? "" : text(cell, row.getRowNum()));
    }
    return cells;
  }

  private static String text(Cell cell, int row) throws SheetException {
    CellType type = cell.getType();
    if (type == CellType.FORMULA || type == CellType.ERROR) {
      throw new SheetException(
          "cell "
              + cell.getAddress()
              + (type == CellType.ERROR ? " holds an error" : " is a formula")
              + ", expected a value");
    }
    String text =
        type == CellType.NUMBER
            ? new BigDecimal(cell.getRawValue()).stripTrailingZeros().toPlainString()
            : cell.getText();
    if (text.length() > SheetLimits.LONGEST_CELL) {
      throw new SheetException(
          "row " + row + " has a cell of more than " + SheetLimits.LONGEST_CELL + " characters");
    }
    return text;
  }

  /** A workbook is a ZIP file, which may unpack to a thousand times its size. */
  private static void checkSize(byte[] bytes, SheetLimits limits) throws SheetException {
    if (bytes.length < 4 || bytes[0] != 'P' || bytes[1] != 'K') {
      throw new SheetException("the file is no XLSX, expected a workbook saved as .xlsx");
    }
    byte[] buffer = new byte[65_536];
    long inflated = 0;
    int parts = 0;
    try (ZipFile zip = ZipFile.builder().setByteArray(bytes).get()) {
      for (ZipArchiveEntry part : Collections.list(zip.getEntries())) {
        if (++parts > MOST_PARTS) {
          throw new SheetException("the file has more than " + MOST_PARTS + " parts");
        }
        try (InputStream in = zip.getInputStream(part)) {
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            inflated += read;
            if (inflated > limits.inflatedBytes()) {
              throw new SheetException(
                  "the file unpacks to more than " + limits.inflatedBytes() + " bytes");
            }
            limits.stopped().check();
          }
        }
      }
    } catch (IOException | RuntimeException broken) {
      throw new SheetException("the file is no XLSX that can be read: " + broken, broken);
    }
  }

  /**
   * The bytes of a workbook. Texts are texts: nothing in it is run as a formula, and numbers keep
   * their zeros.
   */
  public static byte[] write(String name, List<String> header, Iterable<List<String>> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(65_536);
    try (Workbook workbook = new Workbook(bytes, "cti-server", "1.0")) {
      Worksheet sheet = workbook.newWorksheet(name);
      for (int i = 0; i < header.size(); i++) {
        sheet.width(i, 18);
        sheet.style(i).format("@").set();
        sheet.value(0, i, header.get(i));
      }
      sheet.range(0, 0, 0, header.size() - 1).style().bold().set();
      sheet.freezePane(0, 1);
      int number = 1;
      for (List<String> row : rows) {
        for (int i = 0; i < row.size(); i++) {
          if (!row.get(i).isEmpty()) {
            sheet.inlineString(number, i, row.get(i));
          }
        }
        number++;
        if (number % 1_000 == 0) {
          sheet.flush();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a buffer in memory failed", e);
    }
    return bytes.toByteArray();
  }
}
