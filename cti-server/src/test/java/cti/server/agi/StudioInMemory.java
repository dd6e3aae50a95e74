package cti.server.agi;

import cti.core.port.Prompts;
import cti.server.prompt.PinsInMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Prompt 101 (welcome), administrators by number and PIN, and takes that a test puts there. */
final class StudioInMemory {
  final PinsInMemory pins = new PinsInMemory();
  final Map<String, byte[]> takes = new LinkedHashMap<>();
  final List<String> deleted = new CopyOnWriteArrayList<>();
  final List<String> kept = new CopyOnWriteArrayList<>();
  volatile Prompts.Taken taken =
      new Prompts.Taken.Done(
          new Prompts.Detail(
              new Prompts.Prompt("welcome", Optional.of(101), false, List.of(), List.of()),
              List.of()));

  PromptStudio studio() {
    return new PromptStudio(
        new Prompts() {
          @Override
          public List<Prompt> all() {
            return List.of();
          }

          @Override
          public Optional<Detail> find(String id) {
            return Optional.empty();
          }

          @Override
          public Optional<String> numbered(int number) {
            return number == 101 ? Optional.of("welcome") : Optional.empty();
          }

          @Override
          public Taken upload(
              String id, String language, byte[] file, Optional<String> name, String by) {
            return new Taken.NoSuchPrompt(id);
          }

          @Override
          public Taken recorded(
              String id, String language, byte[] file, String extension, String by) {
            kept.add(id + " " + language + " " + file.length + " " + extension + " " + by);
            return taken;
          }

          @Override
          public Taken use(String id, String language, int version, String by) {
            return new Taken.NoSuchPrompt(id);
          }

          @Override
          public Taken add(Wording wording, String by) {
            return new Taken.NoSuchPrompt(wording.id());
          }

          @Override
          public Taken reword(Wording wording, String by) {
            return new Taken.NoSuchPrompt(wording.id());
          }

          @Override
          public Optional<Taken> remove(String id, String by) {
            return Optional.of(new Taken.NoSuchPrompt(id));
          }

          @Override
          public Facilities facilities() {
            return new Facilities(true, true, 1, java.time.Duration.ofSeconds(1));
          }
        },
        pins,
        new PromptStudio.Takes() {
          @Override
          public Optional<byte[]> read(String name) {
            return Optional.ofNullable(takes.get(name));
          }

          @Override
          public void delete(String name) {
            deleted.add(name);
          }
        });
  }
}
