package cti.server.db;

/**
 * The database server that was found.
 *
 * @param product MySQL or MariaDB
 * @param version as the server says it
 */
public record ServerKind(String product, String version) {
  /** MySQL 8.4 or later, MariaDB 11 or later. */
  boolean supported() {
    int major = part(0);
    return switch (product) {
      case "MySQL" -> major > 8 || (major == 8 && part(1) >= 4);
      case "MariaDB" -> major >= 11;
      default -> false;
    };
  }

  private int part(int index) {
    String[] parts = version.split("[^0-9]+");
    return index < parts.length && !parts[index].isEmpty() ? Integer.parseInt(parts[index]) : 0;
  }

  @Override
  public String toString() {
    return product + " " + version;
  }
}
