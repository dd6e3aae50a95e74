package cti.bridge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input: one clear line each, no stack trace. */
class MainTest {
  @TempDir Path home;

  private record Ended(int code, String said) {}

  private Ended run(String... words) {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      String[] all = new String[words.length + 2];
      all[0] = "--home";
      all[1] = home.toString();
      System.arraycopy(words, 0, all, 2, words.length);
      int code = Main.run(all);
      return new Ended(code, said.toString(StandardCharsets.UTF_8).strip());
    } finally {
      System.setErr(before);
    }
  }

  private static void isOneLine(Ended ended, String text) {
    assertEquals(1, ended.code(), ended.said());
    assertEquals(1, ended.said().lines().count(), ended.said());
    assertTrue(ended.said().contains(text), ended.said());
  }

  @Test
  void whatCannotBeIsSaidInOneLine() throws IOException {
    Files.writeString(home.resolve("bridge.yaml"), "local: {port: 1}\n");
    isOneLine(run("pair", "nowhere", "X"), "server is 'nowhere', expected https://host");
    isOneLine(run("pair", "http://cti.example", "X"), "expected https://host (or --insecure)");
    isOneLine(run("pair", "http://127.0.0.1:1", "X"), "http://127.0.0.1:1 cannot be reached");
    isOneLine(run("status"), "no bridge runs on 127.0.0.1:1");
    isOneLine(run("dial", "8005"), "no bridge runs on 127.0.0.1:1");
    isOneLine(run("unpair"), "this computer is not paired");
  }

  @Test
  void faultsOfTheSettingsAreToldWhateverIsAsked() throws IOException {
    Files.writeString(home.resolve("bridge.yaml"), "pop: {url: 'https://crm/{nummer}'}\n");
    isOneLine(run("run"), "the field {nummer}, expected one of");
    isOneLine(run("status"), "the field {nummer}, expected one of");
  }

  @Test
  void wrongUseIsTwo() {
    assertEquals(2, run("explode").code());
    assertEquals(2, run("pair").code());
    assertEquals(0, run("register-links", "--print").code());
  }
}
