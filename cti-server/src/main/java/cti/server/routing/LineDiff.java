package cti.server.routing;

import java.util.ArrayList;
import java.util.List;

/** How two texts differ, line by line, as {@code diff -u} writes it. */
public final class LineDiff {
  private static final int AROUND = 3;

  /** Beyond this many pairs of lines the middle is told as replaced whole. */
  private static final long MOST_PAIRS = 4_000_000;

  private LineDiff() {}

  private record Line(char mark, String text, int before, int after) {}

  /** Empty where the texts are the same. */
  public static String of(String beforeName, String before, String afterName, String after) {
    List<Line> lines = lines(before.lines().toList(), after.lines().toList());
    if (lines.stream().allMatch(line -> line.mark() == ' ')) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append("--- ").append(beforeName).append("\n+++ ").append(afterName).append('\n');
    int next = 0;
    while (next < lines.size()) {
      int change = next;
      while (change < lines.size() && lines.get(change).mark() == ' ') {
        change++;
      }
      if (change == lines.size()) {
        break;
      }
      int from = Math.max(next, change - AROUND);
      int until = hunkEnd(lines, change);
      hunk(lines.subList(from, until), text);
      next = until;
    }
    return text.toString();
  }

  private static int hunkEnd(List<Line> lines, int change) {
    int end = change + 1;
    int same = 0;
    while (end < lines.size() && same <= 2 * AROUND) {
      same = lines.get(end).mark() == ' ' ? same + 1 : 0;
      end++;
    }
    return Math.max(change + 1, end - Math.max(0, same - AROUND));
  }

  private static void hunk(List<Line> lines, StringBuilder text) {
    long before = lines.stream().filter(line -> line.mark() != '+').count();
    long after = lines.stream().filter(line -> line.mark() != '-').count();
    text.append("@@ -")
        .append(lines.getFirst().before() + 1)
        .append(',')
        .append(before)
        .append(" +")
        .append(lines.getFirst().after() + 1)
        .append(',')
        .append(after)
        .append(" @@\n");
    lines.forEach(line -> text.append(line.mark()).append(line.text()).append('\n'));
  }

  private static List<Line> lines(List<String> before, List<String> after) {
    int head = 0;
    while (head < Math.min(before.size(), after.size())
        && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < Math.min(before.size(), after.size()) - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < head; i++) {
      lines.add(new Line(' ', before.get(i), i, i));
    }
    middle(
        before.subList(head, before.size() - tail),
        after.subList(head, after.size() - tail),
        head,
        lines);
    for (int i = tail; i > 0; i--) {
      int at = before.size() - i;
      lines.add(new Line(' ', before.get(at), at, after.size() - i));
    }
    return lines;
  }

  private static void middle(
      List<String> before, List<String> after, int offset, List<Line> lines) {
    int rows = before.size();
    int columns = after.size();
    boolean whole = (long) rows * columns > MOST_PAIRS;
    int[][] longest = whole ? new int[0][] : longestCommon(before, after);
    int i = 0;
    int j = 0;
    while (i < rows || j < columns) {
      boolean same = !whole && i < rows && j < columns && before.get(i).equals(after.get(j));
      if (same) {
        lines.add(new Line(' ', before.get(i), offset + i++, offset + j++));
      } else if (i < rows && (j == columns || whole || longest[i + 1][j] >= longest[i][j + 1])) {
        lines.add(new Line('-', before.get(i), offset + i++, offset + j));
      } else {
        lines.add(new Line('+', after.get(j), offset + i, offset + j++));
      }
    }
  }

  private static int[][] longestCommon(List<String> before, List<String> after) {
    int[][] longest = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        longest[i][j] =
            before.get(i).equals(after.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    return longest;
  }
}
