package cti.server.web.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An HTTP answer. The bytes of the body are not copied: nobody may change them. */
public record Answer(int status, String mediaType, byte[] body, List<Header> headers)
    implements Reaction {
  public static final String JSON = "application/json";

  /** A header to add. */
  public record Header(String name, String value) {}

  public Answer {
    headers = List.copyOf(headers);
  }

  public static Answer json(Object value) {
    return json(200, value);
  }

  public static Answer json(int status, Object value) {
    return new Answer(status, JSON, Json.bytes(value), List.of());
  }

  public static Answer noContent() {
    return new Answer(204, "", new byte[0], List.of());
  }

  public static Answer text(String mediaType, String text) {
    return new Answer(200, mediaType, text.getBytes(StandardCharsets.UTF_8), List.of());
  }

  public static Answer problem(Problem problem) {
    return new Answer(problem.status(), Problem.MEDIA_TYPE, Json.bytes(problem), List.of());
  }

  public Answer with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Answer(status, mediaType, body, more);
  }
}
