package cti.core.routing;

import cti.core.desk.Site;
import cti.core.directory.StaffStatus;
import cti.core.id.SiteId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Something that holds for a request or does not. A further kind of condition is a further record
 * here and a further key in routing.yaml.
 */
public sealed interface Condition {
  /** Whether it holds, and in a few words what was found. */
  Finding check(RouteRequest request);

  /**
   * The result of a check.
   *
   * @param why for people, such as "site is hq, not gz"
   */
  record Finding(boolean holds, String why) {}

  /** Holds for everybody. */
  record Always() implements Condition {
    @Override
    public Finding check(RouteRequest request) {
      return new Finding(true, "holds for every call");
    }
  }

  /** All matches work at one site, and it is one of these. Several sites settle nothing. */
  record SiteIs(Set<SiteId> sites) implements Condition {
    public SiteIs {
      sites = Set.copyOf(sites);
    }

    @Override
    public Finding check(RouteRequest request) {
      List<Site> found = request.caller().sites();
      if (found.isEmpty()) {
        return new Finding(false, "caller's site is not known");
      }
      if (found.size() > 1) {
        return new Finding(false, "caller's site is one of " + ids(found) + ", not settled");
      }
      SiteId site = found.getFirst().id();
      return sites.contains(site)
          ? new Finding(true, "caller's site is " + site)
          : new Finding(false, "caller's site is " + site + ", not " + anyOf(sites));
    }

    private static String ids(List<Site> sites) {
      return sites.stream().map(site -> site.id().value()).collect(Collectors.joining(", "));
    }
  }

  /** There are matches and every one of them has one of these statuses. */
  record StatusIs(Set<StaffStatus> statuses) implements Condition {
    public StatusIs {
      statuses = Set.copyOf(statuses);
    }

    @Override
    public Finding check(RouteRequest request) {
      Set<StaffStatus> found =
          request.caller().matches().stream()
              .map(match -> match.status())
              .collect(Collectors.toCollection(TreeSet::new));
      if (found.isEmpty()) {
        return new Finding(false, "caller's status is not known");
      }
      return statuses.containsAll(found)
          ? new Finding(true, "caller's status is " + anyOf(found))
          : new Finding(false, "caller's status is " + anyOf(found) + ", not " + anyOf(statuses));
    }
  }

  /** The caller chose one of these in a menu. */
  record ChoiceIs(Set<String> choices) implements Condition {
    public ChoiceIs {
      choices = Set.copyOf(choices);
    }

    @Override
    public Finding check(RouteRequest request) {
      if (request.choice().isEmpty()) {
        return new Finding(false, "nothing was chosen");
      }
      String choice = request.choice().get();
      return choices.contains(choice)
          ? new Finding(true, "choice is " + choice)
          : new Finding(false, "choice is " + choice + ", not " + anyOf(choices));
    }
  }

  private static String anyOf(Set<?> values) {
    return values.stream()
        .map(
            value ->
                value instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT) : value.toString())
        .sorted()
        .collect(Collectors.joining(" or "));
  }
}
