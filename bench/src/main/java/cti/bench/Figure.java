package cti.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * One measured figure, printed as one JSON line.
 *
 * @param value rounded to four digits
 * @param against what it is compared with; empty where it stands alone
 * @param command what measures it again
 * @param conditions whatever else one has to know to judge it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Figure(
    String bench,
    String figure,
    BigDecimal value,
    String unit,
    String against,
    String command,
    Map<String, Object> conditions) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A figure that is compared with nothing. */
  public static Figure of(
      String bench,
      String figure,
      double value,
      String unit,
      String command,
      Map<String, Object> conditions) {
    return new Figure(bench, figure, rounded(value), unit, "", command, conditions);
  }

  /** The same figure, compared with something. */
  public Figure against(String what) {
    return new Figure(bench, figure, value, unit, what, command, conditions);
  }

  /** Prints it on standard output. */
  public void print() {
    System.out.println(line());
  }

  /** The JSON text, without a line end. */
  String line() {
    return JSON.writeValueAsString(this);
  }

  private static BigDecimal rounded(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).round(new MathContext(4));
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }
}
