package cti.server.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page's files, read once at the start and served from memory. */
public final class StaticFiles {
  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, File> files = new HashMap<>();

  private record File(String mediaType, byte[] content, String tag) {}

  /**
   * Reads files of the class path's folder {@code web}.
   *
   * @throws IllegalStateException where one is missing
   */
  public StaticFiles(List<String> names) {
    for (String name : names) {
      try (InputStream in = StaticFiles.class.getResourceAsStream("/web/" + name)) {
        if (in == null) {
          throw new IllegalStateException("page file web/" + name + " is not on the class path");
        }
        byte[] content = in.readAllBytes();
        String type = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        files.put("/" + name, new File(type, content, tag(content)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (files.containsKey("/index.html")) {
      files.put("/", files.get("/index.html"));
    }
  }

  /** The file of a path; 304 where the client has it already. */
  Optional<Answer> find(String path, String knownTag) {
    File file = files.get(path);
    if (file == null) {
      return Optional.empty();
    }
    Answer answer =
        file.tag().equals(knownTag)
            ? new Answer(304, "", new byte[0], List.of())
            : new Answer(200, file.mediaType(), file.content(), List.of());
    return Optional.of(answer.with("ETag", file.tag()).with("Cache-Control", "no-cache"));
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
