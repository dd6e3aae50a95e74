package cti.server.web.resource;

import cti.core.port.DirectoryPreviews.Begun;
import cti.core.port.DirectoryPreviews.Counts;
import cti.core.port.DirectoryPreviews.Preview;
import cti.server.web.http.Answer;
import cti.server.web.http.Problem;
import cti.server.web.http.Words;
import java.time.Instant;
import java.util.Optional;

/** A change of many people before it is made. */
record PreviewView(
    String id,
    String kind,
    String state,
    String what,
    String by,
    Instant at,
    int done,
    int total,
    PreviewCountsView counts,
    Optional<String> token,
    String message) {

  /** How many people come, change, go, stay; and how many faults there are. */
  record PreviewCountsView(int added, int changed, int gone, int unchanged, int kept, int faults) {
    static PreviewCountsView of(Counts counts) {
      return new PreviewCountsView(
          counts.added(),
          counts.changed(),
          counts.gone(),
          counts.unchanged(),
          counts.kept(),
          counts.faults());
    }
  }

  static PreviewView of(Preview preview) {
    return new PreviewView(
        preview.id(),
        Words.of(preview.kind()),
        Words.of(preview.state()),
        preview.origin().what(),
        preview.origin().by(),
        preview.origin().at(),
        preview.progress().done(),
        preview.progress().total(),
        PreviewCountsView.of(preview.counts()),
        preview.token(),
        preview.message());
  }

  /** It is made in the background: 201 and where to look. */
  static Answer begun(Begun begun) {
    return switch (begun) {
      case Begun.Started(Preview preview) ->
          Answer.json(201, of(preview))
              .with("Location", DirectoryPreviewsResource.PREVIEWS + "/" + preview.id());
      case Begun.Busy(int most) ->
          Answer.problem(
              Problem.of(
                  409,
                  "too-many-previews",
                  "There are too many previews",
                  most + " are there already: discard one, or wait for one to end"));
      case Begun.Refused(String id, String reason) ->
          Answer.problem(Problem.of(409, id, "It cannot be done", reason));
    };
  }
}
