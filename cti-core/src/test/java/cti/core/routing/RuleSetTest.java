package cti.core.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cti.core.desk.Site;
import cti.core.desk.SiteKind;
import cti.core.directory.DepartmentPath;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetTest {
  private static final List<Site> SITES =
      List.of(
          site("hq", SiteKind.HEADQUARTERS),
          site("gz", SiteKind.FACTORY),
          site("zj", SiteKind.FACTORY));

  private final RuleSet rules =
      new RuleSet(
          List.of(
              rule("erp", "hq-erp", new Condition.ChoiceIs(Set.of("erp"))),
              rule(
                  "retired-gz",
                  "hq-oa",
                  new Condition.SiteIs(Set.of(new SiteId("gz"))),
                  new Condition.StatusIs(Set.of(StaffStatus.RETIRED, StaffStatus.EXTERNAL))),
              rule("gz", "gz", new Condition.SiteIs(Set.of(new SiteId("gz"))))));

  private static Site site(String id, SiteKind kind) {
    return new Site(new SiteId(id), id, kind, "20", List.of(), "", "9");
  }

  private static RoutingRule rule(String id, String desk, Condition... conditions) {
    return RoutingRule.toDesk(id, List.of(conditions), new DeskId(desk));
  }

  private static RouteRequest request(Caller caller, Optional<String> choice) {
    return new RouteRequest(caller, choice, "", Facts.at(Instant.parse("2026-11-23T02:30:00Z")));
  }

  /** A caller whose matches are written gz/active gz/retired. */
  private static Caller caller(String matches) {
    List<StaffMember> people =
        Arrays.stream(matches.split(" "))
            .filter(match -> !match.isEmpty())
            .map(
                match ->
                    new StaffMember(
                        new StaffId(match),
                        match,
                        DepartmentPath.parse(""),
                        new SiteId(match.split("/")[0]),
                        "",
                        List.of(),
                        "",
                        StaffStatus.valueOf(match.split("/")[1].toUpperCase()),
                        false,
                        ""))
            .toList();
    return Caller.of("1234", "8000", people, SITES);
  }

  @ParameterizedTest
  @CsvSource({
    "'', UNKNOWN",
    "gz/active, FACTORY",
    "gz/active gz/retired, FACTORY",
    "hq/active, HEADQUARTERS",
    "hq/active gz/active, AMBIGUOUS",
    "gz/active zj/active, AMBIGUOUS",
    "elsewhere/active, UNKNOWN",
  })
  void callersAreOfAKind(String matches, CallerKind kind) {
    assertEquals(kind, caller(matches).kind());
  }

  @ParameterizedTest
  @CsvSource({
    "gz/active, '', gz, gz",
    "gz/active, erp, erp, hq-erp",
    "gz/active, oa, gz, gz",
    "gz/retired, '', retired-gz, hq-oa",
    "gz/retired gz/external, '', retired-gz, hq-oa",
    "gz/retired gz/active, '', gz, gz",
    "'', erp, erp, hq-erp",
    "'', '', -, -",
    "zj/active, '', -, -",
    // one of them is at gz: not settled silently
    "gz/active zj/active, '', -, -",
    "gz/active zj/active, erp, erp, hq-erp",
  })
  void theFirstRuleThatHoldsDecides(String matches, String choice, String rule, String desk) {
    RouteRequest request =
        request(caller(matches), Optional.of(choice).filter(text -> !text.isEmpty()));
    switch (rules.decide(request)) {
      case Decision.Decided decided -> {
        assertEquals(rule, decided.rule());
        assertEquals(new DeskId(desk), decided.desk());
        assertEquals(List.of(Target.DeskQueue.of(new DeskId(desk))), decided.targets());
      }
      case Decision.Undecided _ -> assertEquals("-", rule);
    }
  }

  @Test
  void explainsWhyEachRuleBeforeDidNotWin() {
    Decision decision = rules.decide(request(caller("gz/active"), Optional.empty()));
    assertEquals(
        "rule gz: caller's site is gz | passed over: erp (nothing was chosen);"
            + " retired-gz (caller's status is active, not external or retired)",
        decision.explanation().line());
  }

  @Test
  void explainsThatNoRuleHolds() {
    Decision decision = rules.decide(request(caller("gz/active zj/active"), Optional.of("oa")));
    assertInstanceOf(Decision.Undecided.class, decision);
    assertEquals(
        "no rule holds | passed over: erp (choice is oa, not erp);"
            + " retired-gz, gz (caller's site is one of gz, zj, not settled)",
        decision.explanation().line());
  }
}
