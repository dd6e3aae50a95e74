package cti.server.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prompts of a running server: what there are, those of one's own, and how they sound. */
@Command(
    name = "prompt",
    description = "Prompts on a running server: adds those of your own, and hands in recordings.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class PromptCommand implements Runnable {
  @Spec private CommandSpec spec;
  @ParentCommand private IvrCommand ivr;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command, expected one of those in --help");
  }

  @Command(name = "list", description = "Every prompt, and what is played of it.")
  int list() throws InterruptedException {
    return ivr.print(client -> client.prompts());
  }

  @Command(
      name = "manifest",
      description = "Writes all prompts as a file, for a folder of flows that is tried here.")
  int manifest(
      @Option(names = "--file", description = "Where to write it; else it is printed.") Path file)
      throws InterruptedException {
    return ivr.remotely(
        (client, out) -> {
          String text = client.manifest();
          if (file == null) {
            out.print(text);
          } else {
            Files.writeString(file, text);
          }
          return 0;
        });
  }

  @Command(name = "add", description = "Adds a prompt that flows and rules may name.")
  int add(
      @Parameters(paramLabel = "ID", description = "1 to 60 of a-z 0-9 -") String id,
      @Option(names = "--zh", required = true, description = "Its text in Chinese.") String zh,
      @Option(names = "--en", required = true, description = "Its text in English.") String en,
      @Option(names = "--number", description = "By which it is chosen at a phone, 1 to 9999.")
          Integer number)
      throws InterruptedException {
    return ivr.print(client -> client.keepPrompt(true, id, zh, en, Optional.ofNullable(number)));
  }

  @Command(name = "change", description = "Gives a prompt of your own other texts.")
  int change(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--zh", required = true, description = "Its text in Chinese.") String zh,
      @Option(names = "--en", required = true, description = "Its text in English.") String en,
      @Option(
              names = "--number",
              description = "By which it is chosen at a phone; none without it.")
          Integer number)
      throws InterruptedException {
    return ivr.print(client -> client.keepPrompt(false, id, zh, en, Optional.ofNullable(number)));
  }

  @Command(name = "remove", description = "Removes a prompt of your own, with its recordings.")
  int remove(@Parameters(paramLabel = "ID") String id) throws InterruptedException {
    return ivr.print(client -> client.removePrompt(id));
  }

  @Command(name = "record", description = "Hands in a recording, played from the next call on.")
  int record(
      @Parameters(paramLabel = "ID") String id,
      @Parameters(paramLabel = "FILE", description = "of any common format") Path file,
      @Option(names = "--language", required = true, description = "zh, en") String language)
      throws InterruptedException {
    return ivr.print(
        client ->
            client.record(id, language, file.getFileName().toString(), Files.readAllBytes(file)));
  }
}
