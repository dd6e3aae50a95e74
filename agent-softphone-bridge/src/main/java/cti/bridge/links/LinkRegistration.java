package cti.bridge.links;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the bridge what opens tel:, callto: and sip: links, for this user; per system. */
public final class LinkRegistration {
  private static final List<String> SCHEMES = List.of("tel", "callto", "sip");

  private LinkRegistration() {}

  /** One step of it. */
  public sealed interface Step {
    record WriteFile(Path file, String text) implements Step {
      @Override
      public String toString() {
        return "writes " + file + ":\n" + text.indent(4).stripTrailing();
      }
    }

    record Run(List<String> command) implements Step {
      public Run {
        command = List.copyOf(command);
      }

      /** To be read, and to be typed where no argument holds a quote. */
      @Override
      public String toString() {
        return "runs "
            + command.stream()
                .map(word -> word.contains(" ") || word.isEmpty() ? "'" + word + "'" : word)
                .collect(Collectors.joining(" "));
      }
    }
  }

  /** The systems that it is known for. */
  public enum Os {
    LINUX,
    WINDOWS,
    MAC;

    public static Os of(String name) {
      return name.startsWith("Windows") ? WINDOWS : name.startsWith("Mac") ? MAC : LINUX;
    }
  }

  /**
   * What must be done.
   *
   * @param home the user's own folder
   * @param java the program that runs the jar
   */
  public static List<Step> steps(Os os, Path home, Path java, Path jar) {
    return switch (os) {
      case LINUX -> linux(home, java, jar);
      case WINDOWS -> windows(java, jar);
      case MAC -> mac(home, java, jar);
    };
  }

  /** A desktop entry (freedesktop.org), and the word to the system that it is the one. */
  private static List<Step> linux(Path home, Path java, Path jar) {
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step.WriteFile(
            home.resolve(".local/share/applications/cti-bridge.desktop"),
            """
            [Desktop Entry]
            Type=Application
            Name=CTI bridge
            Exec=%s -jar %s dial %%u
            NoDisplay=true
            MimeType=%s
            """
                .formatted(
                    execWord(java),
                    execWord(jar),
                    SCHEMES.stream()
                        .map(scheme -> "x-scheme-handler/" + scheme + ";")
                        .collect(Collectors.joining()))));
    for (String scheme : SCHEMES) {
      steps.add(
          new Step.Run(
              List.of("xdg-mime", "default", "cti-bridge.desktop", "x-scheme-handler/" + scheme)));
    }
    return steps;
  }

  /**
   * As the desktop entry specification has arguments of Exec; quoted only where that is needed, for
   * xdg-open takes the quotes as part of the name where there is no desktop of its own.
   */
  static String execWord(Path path) {
    String text = path.toString();
    if (text.matches("[\\w./+@:-]+")) {
      return text;
    }
    return '"' + text.replaceAll("[\"`$\\\\]", "\\\\\\\\$0").replace("%", "%%") + '"';
  }

  /** Keys below HKEY_CURRENT_USER, which need no administrator. */
  private static List<Step> windows(Path java, Path jar) {
    List<Step> steps = new ArrayList<>();
    // The blank at the end: an argument that begins and ends with a quote and has more inside is
    // refused by Java (ProcessImpl.needsEscaping, allowAmbiguousCommands=false).
    String command = "\"%s\" -jar \"%s\" dial \"%%1\" ".formatted(java, jar);
    for (String scheme : SCHEMES) {
      String key = "HKCU\\Software\\Classes\\" + scheme;
      steps.add(
          new Step.Run(
              List.of("reg", "add", key, "/ve", "/d", "URL:" + scheme + " protocol", "/f")));
      steps.add(new Step.Run(List.of("reg", "add", key, "/v", "URL Protocol", "/d", "", "/f")));
      steps.add(
          new Step.Run(
              List.of("reg", "add", key + "\\shell\\open\\command", "/ve", "/d", command, "/f")));
    }
    return steps;
  }

  /**
   * Links come as Apple events, which a script application hears; its plist names the schemes.
   * Whoever registers again replaces all of it. The seal of the application, which the plist is
   * part of, is made anew: Apple's own processors start nothing whose seal is broken.
   */
  private static List<Step> mac(Path home, Path java, Path jar) {
    Path applications = home.resolve("Applications");
    Path app = applications.resolve("CTI Bridge.app");
    Path script = home.resolve("Library/Application Support/cti-bridge/dial.applescript");
    String plist = app.resolve("Contents/Info.plist").toString();
    String schemes = SCHEMES.stream().map("\"%s\""::formatted).collect(Collectors.joining(","));
    return List.of(
        new Step.WriteFile(
            script,
            """
            on open location link
              do shell script quoted form of "%s" & " -jar " & quoted form of "%s" & " dial " & quoted form of link
            end open location
            """
                .formatted(scriptText(java), scriptText(jar))),
        new Step.Run(List.of("mkdir", "-p", applications.toString())),
        new Step.Run(List.of("osacompile", "-o", app.toString(), script.toString())),
        new Step.Run(
            List.of("plutil", "-replace", "CFBundleIdentifier", "-string", "cti.bridge", plist)),
        new Step.Run(
            List.of(
                "plutil",
                "-replace",
                "CFBundleURLTypes",
                "-json",
                "[{\"CFBundleURLName\":\"CTI bridge\",\"CFBundleURLSchemes\":[%s]}]"
                    .formatted(schemes),
                plist)),
        new Step.Run(List.of("codesign", "--force", "--sign", "-", app.toString())),
        new Step.Run(
            List.of(
                "/System/Library/Frameworks/CoreServices.framework/Frameworks/LaunchServices.framework/Support/lsregister",
                "-f",
                app.toString())));
  }

  /** Within the quotes of AppleScript. */
  private static String scriptText(Path path) {
    return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /**
   * Does them in order; ends at the first that fails.
   *
   * @throws IOException saying which one did not go
   */
  public static void perform(List<Step> steps) throws IOException, InterruptedException {
    for (Step step : steps) {
      switch (step) {
        case Step.WriteFile(Path file, String text) -> {
          Files.createDirectories(file.getParent());
          Files.writeString(file, text);
        }
        case Step.Run(List<String> command) -> {
          int code = new ProcessBuilder(command).inheritIO().start().waitFor();
          if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code);
          }
        }
      }
    }
  }
}
