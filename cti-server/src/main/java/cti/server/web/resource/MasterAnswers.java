package cti.server.web.resource;

import cti.core.port.MasterEditing.Saved;
import cti.server.web.http.Answer;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import java.util.List;
import java.util.function.Supplier;

/** What edits of master data are answered with, and what their requests have in common. */
final class MasterAnswers {
  static final int LONGEST_VERSION = 64;

  private MasterAnswers() {}

  /** The parameter {@code version}, which must be there. */
  static String version(Request request) {
    return request
        .query()
        .text("version", LONGEST_VERSION)
        .orElseThrow(
            () ->
                new Fault(
                    Problem.invalid("version is missing, expected that of what you looked at")));
  }

  static Problem outdated(String detail) {
    return Problem.of(
        409,
        "version-conflict",
        "Somebody changed it meanwhile",
        detail + ", expected the version that was given: look again");
  }

  /** A value that the record itself refuses names the value and what was expected. */
  static <T> T valid(Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw new Fault(Problem.invalid(e.getMessage()));
    }
  }

  /**
   * @param what such as "site hq"
   * @param done makes the answer of what is done
   */
  static Answer of(Saved saved, String what, Supplier<Answer> done) {
    return switch (saved) {
      case Saved.Done() -> done.get();
      case Saved.NoSuchThing() ->
          Answer.problem(
              Problem.notFound(
                  "no-such-" + what.split(" ", 2)[0], what + ", expected one that is on file"));
      case Saved.AlreadyThere() ->
          Answer.problem(
              Problem.of(
                  409, "already-there", "There is one already", what + ", expected a new id"));
      case Saved.Outdated() -> Answer.problem(outdated(what + " is another one now"));
      case Saved.Faulty(List<String> faults) ->
          Answer.problem(Problem.invalid(String.join("; ", faults)));
      case Saved.Refused(String id, String reason) ->
          Answer.problem(Problem.of(409, id, "It cannot be done", reason));
    };
  }
}
