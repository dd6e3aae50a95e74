package cti.server.directory;

import cti.core.directory.StaffField;
import cti.core.directory.StaffMember;
import cti.core.port.DirectoryFiles;
import cti.core.port.DirectoryPreviews.Format;
import cti.core.port.DirectoryRecords;
import cti.server.directory.sheet.CsvSheet;
import cti.server.directory.sheet.XlsxSheet;
import java.util.ArrayList;
import java.util.List;

/** Writes the directory in the form in which it is read. */
public final class StaffSheets implements DirectoryFiles {
  private static final List<String> EXAMPLE =
      List.of(
          "E0001",
          "员工0001",
          "公司>信息中心>运维科",
          "hq",
          "2号楼101室",
          "0757-88881001;1002",
          "13900000001",
          "e0001@example.com",
          "active",
          "yes",
          "示例行，导入前请删除");

  private final DirectoryRecords records;

  public StaffSheets(DirectoryRecords records) {
    this.records = records;
  }

  @Override
  public byte[] export(Format format) {
    List<List<String>> rows = new ArrayList<>();
    for (StaffMember member : records.read().staff()) {
      rows.add(List.copyOf(StaffField.texts(member).values()));
    }
    return write(format, rows);
  }

  @Override
  public byte[] template(Format format) {
    return write(format, List.of(EXAMPLE));
  }

  private static byte[] write(Format format, List<List<String>> rows) {
    return switch (format) {
      case XLSX -> XlsxSheet.write("staff", StaffField.columns(), rows);
      case CSV -> {
        List<List<String>> all = new ArrayList<>();
        all.add(StaffField.columns());
        all.addAll(rows);
        yield CsvSheet.write(all);
      }
    };
  }
}
