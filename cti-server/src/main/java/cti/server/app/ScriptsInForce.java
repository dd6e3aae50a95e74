package cti.server.app;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.port.Prompts.Wording;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.PromptManifest;
import cti.server.flow.ScriptFolder;
import cti.server.yaml.BadFileException;
import cti.server.yaml.Faults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that lead calls, with the published flow and rules in the place of theirs as soon as
 * some are known, and the prompts that were added behind those of the file.
 */
final class ScriptsInForce implements ScriptFolder {
  private static final Logger log = LoggerFactory.getLogger(ScriptsInForce.class);

  private final ScriptFolder files;
  private final String flowFile;
  private volatile Optional<Published> published = Optional.empty();

  /** The manifest of the file, as it was when it last could be used. */
  private volatile Optional<String> manifest = Optional.empty();

  private String refused = "";

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

  /** As they came, whatever is published; the manifest as it last could be used. */
  ScriptFolder files() {
    return file -> file.equals(CallPlanFiles.PROMPTS) ? manifest() : files.text(file);
  }

  private String manifest() throws IOException {
    Optional<String> known = manifest;
    return known.isPresent() ? known.get() : files.text(CallPlanFiles.PROMPTS);
  }

  /**
   * Looks whether the file of the manifest has changed since, and goes by it from here on where it
   * can be used; else all stays as it was, which is logged once. Blocks.
   *
   * @param misfit told the manifests before and after: why what leads calls, or will, does not go
   *     with the new one; empty where it does. Read meanwhile, the manifest is the new one
   * @return those before and after; empty where none was taken up
   */
  synchronized Optional<Change> takeUp(Function<Change, Optional<String>> misfit) {
    String text;
    Faults faults = new Faults(CallPlanFiles.PROMPTS);
    Map<String, Map<String, String>> after;
    try {
      text = files.text(CallPlanFiles.PROMPTS);
      if (manifest.equals(Optional.of(text))) {
        refused = "";
        return Optional.empty();
      }
      after = PromptManifest.read(text, faults);
      faults.throwIfAny();
    } catch (IOException | BadFileException e) {
      refuse(e.getMessage());
      return Optional.empty();
    }
    if (manifest.isEmpty()) {
      manifest = Optional.of(text);
      return Optional.empty();
    }
    Optional<String> before = manifest;
    Change change =
        new Change(PromptManifest.read(before.get(), new Faults(CallPlanFiles.PROMPTS)), after);
    manifest = Optional.of(text);
    Optional<String> fault = misfit.apply(change);
    if (fault.isPresent()) {
      manifest = before;
      refuse(fault.get());
      return Optional.empty();
    }
    refused = "";
    return Optional.of(change);
  }

  private void refuse(String reason) {
    if (!reason.equals(refused)) {
      log.warn("prompts: the manifest is not taken up, the one before stays in use: {}", reason);
    }
    refused = reason;
  }

  /** Texts by prompt and language, before and after. */
  record Change(Map<String, Map<String, String>> before, Map<String, Map<String, String>> after) {
    /** Prompts that are not there any more. */
    Set<String> gone() {
      Set<String> gone = new TreeSet<>(before.keySet());
      gone.removeAll(after.keySet());
      return gone;
    }

    /** Texts that are new, or others than before. */
    List<Wording> reworded() {
      List<Wording> reworded = new ArrayList<>();
      after.forEach(
          (id, texts) -> {
            Map<String, String> others = new LinkedHashMap<>(texts);
            others.entrySet().removeAll(before.getOrDefault(id, Map.of()).entrySet());
            if (!others.isEmpty()) {
              reworded.add(new Wording(id, others, Optional.empty()));
            }
          });
      return reworded;
    }
  }

  List<String> missing(List<Desk> desks, List<Site> sites) {
    return published.map(source -> source.missing(desks, sites)).orElse(List.of());
  }

  @Override
  public String text(String file) throws IOException {
    if (file.equals(CallPlanFiles.PROMPTS)) {
      return PromptManifest.with(manifest(), published.map(Published::prompts).orElse(List.of()));
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
