package cti.bridge.pairing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PairingFileTest {
  private static final Pairing PAIRING =
      new Pairing(URI.create("https://cti.example"), "7", "1001", "secret");
  @TempDir Path folder;

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatIsKeptOnlyTheUserReads() throws IOException {
    PairingFile file = new PairingFile(folder.resolve("new"));
    assertEquals(Optional.empty(), file.read());
    file.write(PAIRING);
    assertEquals(Optional.of(PAIRING), file.read());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("new/pairing.json"))));
    assertTrue(file.delete());
    assertFalse(file.delete());
  }

  @Test
  void aDamagedFileIsSaidToBeSoInOneLine() throws IOException {
    PairingFile file = new PairingFile(folder);
    for (String text : new String[] {"{", "{}", "{\"server\":\"x y\",\"token\":\"t\"}"}) {
      Files.writeString(folder.resolve("pairing.json"), text);
      IOException fault = assertThrows(IOException.class, file::read);
      assertTrue(fault.getMessage().endsWith("pair anew"), fault.getMessage());
    }
  }

  @Test
  void theTokenIsNeverShown() {
    assertEquals("bridge 7 of agent 1001 at https://cti.example", PAIRING.toString());
  }
}
