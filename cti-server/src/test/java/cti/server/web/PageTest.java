package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.account.PasswordWeakness;
import cti.core.agent.AgentState;
import cti.core.call.CallOutcome;
import cti.core.call.CallPhase;
import cti.core.call.ClearedBy;
import cti.core.call.RingOutcome;
import cti.core.incident.IncidentState;
import cti.server.web.http.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's words: both languages have them all, and there is one for whatever may be shown. */
class PageTest {
  private static final Path FOLDER = Path.of("src/main/resources/web");
  private static final Pattern KEY =
      Pattern.compile("(?:^|[,{]) *(?:'([^']+)'|([A-Za-z]+)): *'", Pattern.MULTILINE);

  private static Set<String> keys(String language) throws IOException {
    String words = Files.readString(FOLDER.resolve("words.js"));
    int from = words.indexOf("const " + language + " = {");
    Set<String> keys = new TreeSet<>();
    Matcher matcher =
        KEY.matcher(
            words
                .substring(from, words.indexOf("\n};", from))
                // A text may hold commas and colons of its own.
                .replaceAll(": '[^']*'", ": ''"));
    while (matcher.find()) {
      keys.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return keys;
  }

  @Test
  void bothLanguagesHaveTheSameWords() throws IOException {
    assertTrue(keys("zh").size() >= 150);
    assertEquals(keys("zh"), keys("en"));
  }

  @Test
  void everyWordThatThePageAsksForIsThere() throws IOException {
    Pattern use = Pattern.compile("\\bt\\('([^']+)'[,)]");
    for (String file : List.of("app.js", "page.js", "pop.js", "password.js")) {
      Matcher matcher = use.matcher(Files.readString(FOLDER.resolve(file)));
      while (matcher.find()) {
        assertTrue(keys("zh").contains(matcher.group(1)), file + " asks for " + matcher.group(1));
      }
    }
  }

  @Test
  void everyStateThatMayComeHasAWord() throws IOException {
    Set<String> keys = keys("zh");
    Stream.of(
            Words.all(AgentState.class),
            Words.all(CallPhase.class),
            Words.all(CallOutcome.class),
            Words.all(RingOutcome.class),
            Words.all(IncidentState.class),
            Words.all(PasswordWeakness.class).stream().map(why -> "e:password-" + why).toList(),
            Words.all(ClearedBy.class).stream().map(by -> "by-" + by).toList())
        .flatMap(List::stream)
        .forEach(word -> assertTrue(keys.contains(word), "no word for " + word));
  }

  @Test
  void nothingIsInlineAndNothingComesFromElsewhere() throws IOException {
    String html = Files.readString(FOLDER.resolve("index.html"));
    assertFalse(
        Pattern.compile("<script(?![^>]*src=)|<style|style=|\\son[a-z]+=").matcher(html).find());
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        String text = Files.readString(file).replace("http://www.w3.org/2000/svg", "");
        assertFalse(text.contains("://"), file + " names another address");
        assertFalse(text.contains("innerHTML"), file + " makes markup of data");
      }
    }
  }
}
