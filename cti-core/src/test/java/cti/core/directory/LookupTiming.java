package cti.core.directory;

import cti.core.desk.Site;
import cti.core.desk.Site.ExtensionRange;
import cti.core.desk.SiteKind;
import cti.core.id.SiteId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Times lookups among 100,000 people by hand: {@code java -cp target/classes:target/test-classes
 * cti.core.directory.LookupTiming}. No test: a figure of a busy machine proves nothing.
 */
final class LookupTiming {
  private static final int LOOKUPS = 1_000_000;

  private LookupTiming() {}

  public static void main(String[] arguments) {
    List<ExtensionRange> range = List.of(new ExtensionRange("1000", "1999"));
    List<Site> sites =
        List.of(
            new Site(new SiteId("hq"), "hq", SiteKind.HEADQUARTERS, "757", range, "8888", "9"),
            new Site(new SiteId("gz"), "gz", SiteKind.FACTORY, "20", range, "8666", "9"),
            new Site(new SiteId("sg"), "sg", SiteKind.FACTORY, "751", range, "866", "9"),
            new Site(new SiteId("mz"), "mz", SiteKind.FACTORY, "753", range, "233", "0"),
            new Site(new SiteId("zj"), "zj", SiteKind.FACTORY, "759", range, "222", "0"));
    List<StaffMember> people = DirectoryFixture.people(100_000, sites);
    long began = System.nanoTime();
    DirectoryIndex index = new DirectoryIndex(new DialPlan(sites), people);
    System.out.printf("built in %d ms%n", (System.nanoTime() - began) / 1_000_000);
    Random random = new Random(1);
    long[] nanos = new long[LOOKUPS];
    long matches = 0;
    for (int i = -LOOKUPS / 10; i < LOOKUPS; i++) {
      String presented = presented(people.get(random.nextInt(people.size())), random);
      long start = System.nanoTime();
      matches += index.lookup(presented).size();
      long took = System.nanoTime() - start;
      if (i >= 0) {
        nanos[i] = took;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%d lookups, %d matches: p50 %d ns, p99 %d ns, p99.9 %d ns, max %d us%n",
        LOOKUPS,
        matches,
        nanos[LOOKUPS / 2],
        nanos[LOOKUPS / 100 * 99],
        nanos[LOOKUPS / 1000 * 999],
        nanos[LOOKUPS - 1] / 1000);
  }

  private static String presented(StaffMember person, Random random) {
    List<PhoneNumber> numbers = person.numbers();
    String e164 = numbers.get(random.nextInt(numbers.size())).e164().orElseThrow();
    return switch (random.nextInt(6)) {
      case 0 -> e164;
      case 1 -> "0" + e164.substring(3);
      case 2 -> "9 0" + e164.substring(3);
      case 3 -> "00" + e164.substring(1);
      case 4 -> numbers.get(1).given();
      default -> "18" + e164.substring(4);
    };
  }
}
