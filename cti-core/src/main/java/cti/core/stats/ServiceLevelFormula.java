package cti.core.stats;

/** How the service level is reckoned; a screen that shows it names which. */
public enum ServiceLevelFormula {
  /** A_T / (A + B − B_s): who left sooner than the short limit does not count. */
  STANDARD("A_T / (A + B − B_s)") {
    @Override
    public Ratio of(DeskCounts counts) {
      return new Ratio(
          counts.answeredInTime(),
          counts.answered() + counts.abandoned() - counts.abandonedShortly());
    }
  },
  /** A_T / A: Asterisk's "SL" in {@code queue show}. */
  ASTERISK_SL("A_T / A") {
    @Override
    public Ratio of(DeskCounts counts) {
      return new Ratio(counts.answeredInTime(), counts.answered());
    }
  },
  /** (A_T + B_T) / (A + B): Asterisk's "SL2". */
  ASTERISK_SL2("(A_T + B_T) / (A + B)") {
    @Override
    public Ratio of(DeskCounts counts) {
      return new Ratio(
          counts.answeredInTime() + counts.abandonedInTime(),
          counts.answered() + counts.abandoned());
    }
  };

  private final String text;

  ServiceLevelFormula(String text) {
    this.text = text;
  }

  /** As people read it, in the letters of docs/domain.md. */
  public String text() {
    return text;
  }

  public abstract Ratio of(DeskCounts counts);
}
