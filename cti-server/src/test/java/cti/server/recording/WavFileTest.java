package cti.server.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavFileTest {
  /** The first bytes of a file that Asterisk 22.10 wrote, of 111,724 bytes. */
  private static final String ASTERISK =
      "5249464664b4010057415645666d74201000000001000100401f0000803e0000020010006461746140b40100";

  private static Optional<WavFile> read(byte[] file) throws IOException {
    return WavFile.read(new ByteArrayInputStream(file));
  }

  @Test
  void theGatewaysOwnHead() throws IOException {
    WavFile head = read(HexFormat.of().parseHex(ASTERISK)).orElseThrow();
    assertEquals(new WavFile(111_680, 16_000, 44), head);
    assertEquals(Duration.ofMillis(6_980), head.length(111_724));
    assertTrue(head.closed(111_724));
  }

  @Test
  void aFileThatWasNotClosedIsAsLongAsItIs() throws IOException {
    byte[] file = WavSamples.open(1_500);
    WavFile head = read(file).orElseThrow();
    assertFalse(head.closed(file.length));
    assertEquals(Duration.ofMillis(1_500), head.length(file.length));
  }

  @Test
  void aFileWithoutSoundIsClosed() throws IOException {
    byte[] file = WavSamples.closed(0);
    assertTrue(read(file).orElseThrow().closed(file.length));
  }

  @Test
  void aHeadThatPromisesMoreThanThereIs() throws IOException {
    byte[] file = Arrays.copyOf(WavSamples.closed(2_000), 44 + 16_000);
    assertEquals(Duration.ofSeconds(1), read(file).orElseThrow().length(file.length));
  }

  @Test
  void cutAnywhereInTheHeadItIsNoWavFile() throws IOException {
    byte[] file = WavSamples.closed(10);
    for (int length = 0; length < 44; length++) {
      assertEquals(Optional.empty(), read(Arrays.copyOf(file, length)), length + " bytes");
    }
  }

  @ParameterizedTest
  @CsvSource({"0,88", "8,65", "20,7", "22,0"})
  void anotherFormIsNone(int at, int value) throws IOException {
    byte[] file = WavSamples.closed(10);
    file[at] = (byte) value;
    assertEquals(at != 22, read(file).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "20261121/1795302825.2_1795302825.4_1.wav, 1795302825.2, 1795302825.4, 1",
    "20261121/gw-1-1795302825.2_gw-1-1795302825.4_12.wav, gw-1-1795302825.2, gw-1-1795302825.4, 12",
    "20261127/cti-back-1795758260050-fdaeb714-1_1795758264.25_1.wav,"
        + " cti-back-1795758260050-fdaeb714-1, 1795758264.25, 1",
    "20261127/cti-1003-1795758260050-2_1795758264.25_1.wav, cti-1003-1795758260050-2,"
        + " 1795758264.25, 1",
  })
  void namesOfTheDialplan(String file, String linked, String channel, int part) {
    RecordingName name = RecordingName.parse(file).orElseThrow();
    assertEquals(linked, name.linked());
    assertEquals(channel, name.channel());
    assertEquals(part, name.part());
  }

  @ParameterizedTest
  @CsvSource({
    "../20261121/1.2_1.4_1.wav",
    "20261121/../../etc/1.2_1.4_1.wav",
    "20261121/1.2_1.4_1.wav/x",
    "20261341/1.2_1.4_1.wav",
    "20261121/1.2_1.4.wav",
    "20261121/1.2_1.4_1.mp3",
    "/20261121/1.2_1.4_1.wav",
    "1.2_1.4_1.wav",
    "20261121/cti-../x_1.4_1.wav",
  })
  void otherNamesAreNone(String file) {
    assertEquals(Optional.empty(), RecordingName.parse(file));
  }
}
