package cti.server.routing;

import cti.core.desk.Site;
import cti.core.directory.DialPlan;
import cti.core.directory.DirectoryIndex;
import cti.core.directory.NumberKind;
import cti.core.directory.NumberNormalizer;
import cti.core.id.Extension;
import cti.core.routing.RoutingWorld.Reach;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a number leads to that is dialled through the switch.
 *
 * @param agentsPhone whether an extension is an agent's
 */
public record NumberReach(
    List<Site> sites,
    DirectoryIndex directory,
    NumberNormalizer normalizer,
    Predicate<Extension> agentsPhone) {
  public NumberReach {
    sites = List.copyOf(sites);
  }

  public Reach of(String number) {
    String digits = DialPlan.digitsOf(number);
    if (digits.isEmpty()) {
      return Reach.NOT_DIALLABLE;
    }
    boolean extension = sites.stream().anyMatch(site -> DialPlan.hasExtension(site, digits));
    if (extension) {
      boolean somebody =
          !directory.lookup(digits).isEmpty() || agentsPhone.test(new Extension(digits));
      return somebody ? Reach.SOMEBODY : Reach.NOBODY;
    }
    if (sites.stream().anyMatch(site -> isNumber(digits, site))) {
      return Reach.SOMEBODY;
    }
    return sites.stream().anyMatch(site -> isBehindPrefix(digits, site))
        ? Reach.BEHIND_PREFIX
        : Reach.NOT_DIALLABLE;
  }

  private boolean isBehindPrefix(String digits, Site site) {
    String prefix = site.outsidePrefix();
    return !prefix.isEmpty()
        && digits.startsWith(prefix)
        && isNumber(digits.substring(prefix.length()), site);
  }

  private boolean isNumber(String digits, Site site) {
    return normalizer.normalize(digits, NumberKind.OFFICE_LINE, site)
        instanceof NumberNormalizer.Normalized.Valid;
  }
}
