package cti.server.web.http;

/** Ends the handling of a request with a problem answer; no stack trace, nothing is logged. */
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public Fault(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
