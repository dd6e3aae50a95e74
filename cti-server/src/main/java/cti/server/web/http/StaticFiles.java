package cti.server.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of the pages, read once at the start and served from memory; compressed where the
 * browser takes it, as they were compressed when they were built.
 */
public final class StaticFiles {
  /** Served where a route says so, never by their names. */
  private static final Set<String> BY_ROUTE = Set.of("/try.html");

  /** Names below it hold a hash of the content, so that they never change. */
  private static final String FOR_EVER = "/assets/";

  private static final String LIST = "files.txt";
  private static final String PACKED = ".gz";
  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2");

  private final Map<String, File> files = new HashMap<>();

  private record File(String mediaType, byte[] content, Optional<byte[]> packed, String tag) {}

  /**
   * Reads the files that the class path's {@code web/files.txt} lists, one name a line.
   *
   * @throws IllegalStateException where the list or a file is missing, or one is of no known kind
   */
  public StaticFiles() {
    List<String> names =
        new String(read(LIST), StandardCharsets.UTF_8).lines().filter(n -> !n.isBlank()).toList();
    for (String name : names) {
      if (name.endsWith(PACKED)) {
        continue;
      }
      String type = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      if (type == null) {
        throw new IllegalStateException(
            "page file web/"
                + name
                + " is of no known kind, expected one of "
                + MEDIA_TYPES.keySet());
      }
      byte[] content = read(name);
      Optional<byte[]> packed =
          names.contains(name + PACKED) ? Optional.of(read(name + PACKED)) : Optional.empty();
      files.put("/" + name, new File(type, content, packed, tag(content)));
    }
    if (files.containsKey("/index.html")) {
      files.put("/", files.get("/index.html"));
    }
  }

  private static byte[] read(String name) {
    try (InputStream in = StaticFiles.class.getResourceAsStream("/web/" + name)) {
      if (in == null) {
        throw new IllegalStateException("page file web/" + name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The file of a path; 304 where the client has it already.
   *
   * @param knownTag If-None-Match, or null
   * @param accepted Accept-Encoding, or null
   */
  Optional<Answer> find(String path, String knownTag, String accepted) {
    File file = files.get(path);
    if (file == null || BY_ROUTE.contains(path)) {
      return Optional.empty();
    }
    String kept = path.startsWith(FOR_EVER) ? "public, max-age=31536000, immutable" : "no-cache";
    if (file.tag().equals(knownTag)) {
      return Optional.of(answer(new Answer(304, "", new byte[0], List.of()), file, kept));
    }
    Optional<byte[]> packed = file.packed().filter(bytes -> takesGzip(accepted));
    Answer whole =
        answer(
            new Answer(200, file.mediaType(), packed.orElse(file.content()), List.of()),
            file,
            kept);
    return Optional.of(packed.isPresent() ? whole.with("Content-Encoding", "gzip") : whole);
  }

  /**
   * A page that a route serves.
   *
   * @throws IllegalStateException where the pages were built without it
   */
  public Answer page(String path) {
    File file = files.get(path);
    if (file == null) {
      throw new IllegalStateException("page file web" + path + " is not on the class path");
    }
    return answer(new Answer(200, file.mediaType(), file.content(), List.of()), file, "no-cache");
  }

  private static Answer answer(Answer answer, File file, String kept) {
    return answer
        .with("ETag", file.tag())
        .with("Cache-Control", kept)
        .with("Vary", "Accept-Encoding");
  }

  /** RFC 9110, 12.5.3, as far as browsers go: gzip is named and not refused by q=0. */
  private static boolean takesGzip(String accepted) {
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.split(",")) {
      String[] parts = coding.strip().split("\\s*;\\s*");
      if (parts[0].equalsIgnoreCase("gzip")) {
        return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  private static String tag(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
