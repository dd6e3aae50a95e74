package cti.bench.house;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server said at /metrics; to ask costs it more than one figure is worth. */
public record Metrics(String text) {

  /**
   * The sum of a figure over its labels.
   *
   * @throws IllegalArgumentException where there is no such figure
   */
  public double value(String name) {
    Matcher line =
        Pattern.compile("(?m)^" + Pattern.quote(name) + "(\\{[^}]*})? ([-0-9.eE+]+)$")
            .matcher(text);
    double sum = 0;
    boolean found = false;
    while (line.find()) {
      sum += Double.parseDouble(line.group(2));
      found = true;
    }
    if (!found) {
      throw new IllegalArgumentException("no figure " + name + " in /metrics");
    }
    return sum;
  }
}
