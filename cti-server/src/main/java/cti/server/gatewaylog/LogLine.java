package cti.server.gatewaylog;

/**
 * A whole line of a file.
 *
 * @param position of its first byte
 * @param file counts the files that were read one after another
 */
record LogLine(String text, int file, long position) {}
