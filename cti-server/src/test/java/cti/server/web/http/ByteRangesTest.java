package cti.server.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, 14.1.2 and 14.2, for a file of 1,000 bytes. */
class ByteRangesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bytes=0-499          | 0-499
          bytes=500-999        | 500-999
          bytes=0-0            | 0-0
          bytes=999-           | 999-999
          bytes=500-           | 500-999
          bytes=-500           | 500-999
          bytes=-1             | 999-999
          bytes=-5000          | 0-999
          bytes=0-5000         | 0-999
          bytes=0-             | 0-999
          BYTES=0-1            | 0-1
          'bytes= 0-1 , 5-6 '  | 0-1,5-6
          bytes=900-999,0-99   | 900-999,0-99
          bytes=0-0,-1         | 0-0,999-999
          bytes=0-1,,5-6       | 0-1,5-6
          bytes=0-1,2000-3000  | 0-1
          bytes=1000-          | nothing
          bytes=1000-2000      | nothing
          bytes=-0             | nothing
          bytes=2000-,3000-    | nothing
          bytes=               | all
          bytes=,              | all
          bytes=-              | all
          bytes=5-1            | all
          bytes=a-b            | all
          bytes=0-1;2-3        | all
          bytes=+1-2           | all
          bytes=0x1-2          | all
          bytes 0-1            | all
          items=0-1            | all
          bytes=0-99,50-150    | all
          bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7     | 0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7
          bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8 | all
          bytes=9999999999999999999999-             | all
          """)
  void whatIsSent(String header, String expected) {
    Optional<ByteRanges> read = ByteRanges.read(header, 1_000);
    String sent =
        read.map(
                ranges ->
                    ranges.spans().isEmpty()
                        ? "nothing"
                        : ranges.spans().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining(",")))
            .orElse("all");
    assertEquals(expected, sent, header);
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-", "bytes=-1", "bytes=0-0"})
  void nothingOfAnEmptyFileIsThere(String header) {
    assertEquals(Optional.of(0), ByteRanges.read(header, 0).map(ranges -> ranges.spans().size()));
  }
}
