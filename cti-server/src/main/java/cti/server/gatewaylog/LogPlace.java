package cti.server.gatewaylog;

/**
 * Where a line was read: so that a restart goes on at the first line of whatever is not settled.
 *
 * @param file counts the files that were read one after another; 0 for a table
 * @param position bytes in a file, microseconds since 1970 in a table
 */
record LogPlace(int file, long position) implements Comparable<LogPlace> {
  @Override
  public int compareTo(LogPlace other) {
    return file == other.file
        ? Long.compare(position, other.position)
        : Integer.compare(file, other.file);
  }
}
