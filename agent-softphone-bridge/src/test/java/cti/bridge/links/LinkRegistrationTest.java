package cti.bridge.links;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.bridge.links.LinkRegistration.Os;
import cti.bridge.links.LinkRegistration.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkRegistrationTest {
  private static final Path JAVA = Path.of("/opt/my java/bin/java");
  private static final Path JAR = Path.of("/opt/bridge.jar");

  private static List<Step> steps(Os os, Path home) {
    return LinkRegistration.steps(os, home, JAVA, JAR);
  }

  @Test
  void onLinuxADesktopEntryOpensAllThreeKindsOfLinks(@TempDir Path home)
      throws IOException, InterruptedException {
    List<Step> steps = steps(Os.of("Linux"), home);
    LinkRegistration.perform(steps.subList(0, 1));
    String entry = Files.readString(home.resolve(".local/share/applications/cti-bridge.desktop"));
    assertTrue(
        entry.contains("Exec=\"/opt/my java/bin/java\" -jar /opt/bridge.jar dial %u"), entry);
    assertTrue(
        entry.contains(
            "MimeType=x-scheme-handler/tel;x-scheme-handler/callto;x-scheme-handler/sip;"),
        entry);
    assertEquals(
        new Step.Run(List.of("xdg-mime", "default", "cti-bridge.desktop", "x-scheme-handler/tel")),
        steps.get(1));
    assertEquals(4, steps.size());
  }

  @Test
  void onWindowsTheUsersOwnClassesHaveACommandForEach(@TempDir Path home) {
    List<Step> steps = steps(Os.of("Windows 11"), home);
    assertEquals(9, steps.size());
    assertEquals(
        new Step.Run(
            List.of(
                "reg",
                "add",
                "HKCU\\Software\\Classes\\sip\\shell\\open\\command",
                "/ve",
                "/d",
                "\"/opt/my java/bin/java\" -jar \"/opt/bridge.jar\" dial \"%1\" ",
                "/f")),
        steps.getLast());
    // Java refuses such an argument on Windows: "Malformed argument has embedded quote".
    for (Step step : steps) {
      for (String argument : ((Step.Run) step).command()) {
        boolean whole = argument.startsWith("\"") && argument.endsWith("\"");
        assertFalse(whole && argument.indexOf('"', 1) < argument.length() - 1, argument);
      }
    }
  }

  @Test
  void whatADesktopEntryCannotHoldIsQuoted() {
    assertEquals(
        "/opt/java-25/bin/java", LinkRegistration.execWord(Path.of("/opt/java-25/bin/java")));
    assertEquals(
        "\"/a b/\\\\$x%%.jar\"",
        LinkRegistration.execWord(Path.of("/a b/$x%.jar")), "as twice escaped");
  }

  @Test
  void onWindowsTheseAreTheKeys(@TempDir Path home) {
    List<String> lines =
        steps(Os.of("Windows 11"), home).stream()
            .map(step -> String.join(" ", ((Step.Run) step).command()))
            .toList();
    for (int i = 0; i < 3; i++) {
      String key = "HKCU\\Software\\Classes\\" + List.of("tel", "callto", "sip").get(i);
      String scheme = key.substring(key.lastIndexOf('\\') + 1);
      assertEquals(
          List.of(
              "reg add " + key + " /ve /d URL:" + scheme + " protocol /f",
              "reg add " + key + " /v URL Protocol /d  /f",
              "reg add "
                  + key
                  + "\\shell\\open\\command /ve /d \"/opt/my java/bin/java\" -jar"
                  + " \"/opt/bridge.jar\" dial \"%1\"  /f"),
          lines.subList(3 * i, 3 * i + 3));
    }
  }

  @Test
  void onMacOsAScriptApplicationHearsTheLinks(@TempDir Path home) {
    List<Step> steps = steps(Os.of("Mac OS X"), home);
    Path app = home.resolve("Applications/CTI Bridge.app");
    Path script = home.resolve("Library/Application Support/cti-bridge/dial.applescript");
    String plist = app + "/Contents/Info.plist";
    assertEquals(
        new Step.WriteFile(
            script,
            """
            on open location link
              do shell script quoted form of "/opt/my java/bin/java" & " -jar " & quoted form of "/opt/bridge.jar" & " dial " & quoted form of link
            end open location
            """),
        steps.getFirst());
    assertEquals(
        List.of(
            List.of("mkdir", "-p", home.resolve("Applications").toString()),
            List.of("osacompile", "-o", app.toString(), script.toString()),
            List.of("plutil", "-replace", "CFBundleIdentifier", "-string", "cti.bridge", plist),
            List.of(
                "plutil",
                "-replace",
                "CFBundleURLTypes",
                "-json",
                "[{\"CFBundleURLName\":\"CTI bridge\","
                    + "\"CFBundleURLSchemes\":[\"tel\",\"callto\",\"sip\"]}]",
                plist),
            List.of("codesign", "--force", "--sign", "-", app.toString()),
            List.of(
                "/System/Library/Frameworks/CoreServices.framework/Frameworks/"
                    + "LaunchServices.framework/Support/lsregister",
                "-f",
                app.toString())),
        steps.subList(1, steps.size()).stream().map(step -> ((Step.Run) step).command()).toList());
  }

  @Test
  void onMacOsAPathWithQuotesStaysOneWord(@TempDir Path home) {
    List<Step> steps =
        LinkRegistration.steps(Os.MAC, home, Path.of("/opt/a\"b/java"), Path.of("/opt/b.jar"));
    String script = ((Step.WriteFile) steps.getFirst()).text();
    assertTrue(script.contains("quoted form of \"/opt/a\\\"b/java\""), script);
  }
}
