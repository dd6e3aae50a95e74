package cti.server.app;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.port.Prompts.Wording;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.PromptManifest;
import cti.server.flow.ScriptFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The files that lead calls, with the published flow and rules in the place of theirs as soon as
 * some are known, and the prompts that were added behind those of the file.
 */
final class ScriptsInForce implements ScriptFolder {
  private final ScriptFolder files;
  private final String flowFile;
  private volatile Optional<Published> published = Optional.empty();

  ScriptsInForce(ScriptFolder files, String flowFile) {
    this.files = files;
    this.flowFile = flowFile;
  }

  /** What was published. From memory: never blocks. */
  interface Published {
    /** The text in force; empty where none was ever published. */
    Optional<String> rules();

    Optional<String> flow();

    /** Prompts that were added to those of the file. */
    List<Wording> prompts();

    /**
     * Desks and sites that versions in force, or still to come, name and that are not among these;
     * for people.
     */
    List<String> missing(List<Desk> desks, List<Site> sites);
  }

  void follow(Published source) {
    published = Optional.of(source);
  }

  /** As they came, whatever is published. */
  ScriptFolder files() {
    return files;
  }

  List<String> missing(List<Desk> desks, List<Site> sites) {
    return published.map(source -> source.missing(desks, sites)).orElse(List.of());
  }

  @Override
  public String text(String file) throws IOException {
    if (file.equals(CallPlanFiles.PROMPTS)) {
      return PromptManifest.with(
          files.text(file), published.map(Published::prompts).orElse(List.of()));
    }
    Optional<String> text = Optional.empty();
    if (file.equals(CallPlanFiles.ROUTING)) {
      text = published.flatMap(Published::rules);
    } else if (file.equals(flowFile)) {
      text = published.flatMap(Published::flow);
    }
    return text.isPresent() ? text.get() : files.text(file);
  }
}
