package cti.server.directory.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV and XLSX: what is written reads back, and what is broken or too much says so. */
class SheetsTest {
  private static final SheetLimits LIMITS = new SheetLimits(100, 1L << 20, () -> {});
  private static final List<String> HEADER = List.of("id", "name", "remark");
  private static final List<String> TEXTS =
      List.of(
          "",
          "员工0001",
          "=1+1",
          "+86 757 8888 1234",
          "-1",
          "@SUM(A1)",
          "'quoted",
          "'=1",
          "''+x",
          "a,b",
          "say \"no\"",
          "two\nlines",
          "1号楼 😀",
          "0012",
          "13900000001");

  private static List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    Random random = new Random(20261121);
    for (int i = 0; i < 60; i++) {
      rows.add(
          List.of("E" + i, TEXTS.get(random.nextInt(TEXTS.size())), TEXTS.get(i % TEXTS.size())));
    }
    return rows;
  }

  private static void assertSame(List<List<String>> expected, List<SheetRow> read) {
    assertEquals(expected.size(), read.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(i + 1, read.get(i).number());
      for (int column = 0; column < HEADER.size(); column++) {
        assertEquals(expected.get(i).get(column), read.get(i).cell(column), "row " + (i + 1));
      }
    }
  }

  private static List<List<String>> withHeader() {
    List<List<String>> all = new ArrayList<>(List.of(HEADER));
    all.addAll(rows());
    return all;
  }

  @Test
  void csvReadsBackWhatItWrote() throws Exception {
    assertSame(withHeader(), CsvSheet.read(CsvSheet.write(withHeader()), LIMITS));
  }

  @Test
  void xlsxReadsBackWhatItWrote() throws Exception {
    assertSame(withHeader(), XlsxSheet.read(XlsxSheet.write("staff", HEADER, rows()), LIMITS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1"})
  void noSpreadsheetRunsWhatIsInACsv(String text) {
    String csv = new String(CsvSheet.write(List.of(List.of(text))), StandardCharsets.UTF_8);
    String cell = csv.substring(1).replace("\"", "");
    assertTrue(cell.startsWith("'"), csv);
  }

  @Test
  void noCellOfAWorkbookIsAFormula() throws IOException {
    byte[] workbook = XlsxSheet.write("staff", HEADER, rows());
    try (ZipFile zip = ZipFile.builder().setByteArray(workbook).get();
        InputStream sheet = zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml"))) {
      String xml = new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(xml.contains("=1+1"), "the text is there");
      assertTrue(!xml.contains("<f>"), "and is no formula");
    }
  }

  @Test
  void csvIsReadInUtf8AndInGb18030() throws Exception {
    String csv = "id,name\r\nE1,员工\r\n";
    for (String charset : List.of("UTF-8", "GB18030")) {
      List<SheetRow> rows = CsvSheet.read(csv.getBytes(Charset.forName(charset)), LIMITS);
      assertEquals("员工", rows.get(1).cell(1), charset);
    }
    assertEquals(
        "id",
        CsvSheet.read(("\ufeff" + csv).getBytes(StandardCharsets.UTF_8), LIMITS)
            .getFirst()
            .cell(0));
    SheetException neither =
        assertThrows(
            SheetException.class,
            () -> CsvSheet.read(new byte[] {'a', (byte) 0xff, (byte) 0xff, 0}, LIMITS));
    assertTrue(neither.getMessage().contains("neither UTF-8 nor GB 18030"));
  }

  @Test
  void tooMuchIsRefused() {
    String rows = "a\n".repeat(101);
    assertTrue(
        assertThrows(
                SheetException.class,
                () -> CsvSheet.read(rows.getBytes(StandardCharsets.UTF_8), LIMITS))
            .getMessage()
            .contains("row 101 is one too many, expected at most 100"));
    for (String csv : List.of("x".repeat(4_001), ",".repeat(70), "\"never ends")) {
      assertThrows(
          SheetException.class, () -> CsvSheet.read(csv.getBytes(StandardCharsets.UTF_8), LIMITS));
    }
    List<List<String>> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(List.of("E" + i, "", ""));
    }
    byte[] workbook = XlsxSheet.write("staff", HEADER, many);
    assertThrows(SheetException.class, () -> XlsxSheet.read(workbook, LIMITS));
    SheetLimits stopped =
        new SheetLimits(
            1_000,
            1L << 20,
            () -> {
              throw new SheetException("it took longer than it may");
            });
    assertThrows(SheetException.class, () -> XlsxSheet.read(workbook, stopped));
  }

  @Test
  void aFileThatUnpacksToTooMuchIsNotUnpacked() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      zip.write(new byte[4 << 20]);
      zip.closeEntry();
    }
    assertTrue(bytes.size() < 10_000);
    assertTrue(
        assertThrows(SheetException.class, () -> XlsxSheet.read(bytes.toByteArray(), LIMITS))
            .getMessage()
            .contains("unpacks to more than"));
  }

  @Test
  void numbersAreDigitsAndFormulasAreRefused() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("staff");
      sheet.value(0, 0, "mobile");
      sheet.value(1, 0, 13900000001L);
      sheet.value(2, 0, 1002);
    }
    List<SheetRow> rows = XlsxSheet.read(bytes.toByteArray(), LIMITS);
    assertEquals("13900000001", rows.get(1).cell(0));
    assertEquals("1002", rows.get(2).cell(0));
    ByteArrayOutputStream formula = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(formula, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("staff");
      sheet.value(0, 0, "id");
      sheet.formula(1, 0, "1+1");
    }
    assertTrue(
        assertThrows(SheetException.class, () -> XlsxSheet.read(formula.toByteArray(), LIMITS))
            .getMessage()
            .contains("A2 is a formula"));
  }

  /** Whatever is cut off or turned over, it is a message and never a fault of the server. */
  @Test
  void brokenWorkbooksAreRefused() {
    byte[] good = XlsxSheet.write("staff", HEADER, rows().subList(0, 20));
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] broken = Arrays.copyOf(good, random.nextInt(good.length) + 1);
      for (int turn = random.nextInt(4); turn > 0; turn--) {
        broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        XlsxSheet.read(broken, LIMITS);
      } catch (SheetException told) {
        assertTrue(!told.getMessage().isBlank());
      }
    }
    assertThrows(
        SheetException.class,
        () -> XlsxSheet.read("id,name".getBytes(StandardCharsets.UTF_8), LIMITS));
  }
}
