package cti.server.directory;

import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.StaffMember;
import cti.server.yaml.BadFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Made-up sites, desks, agents and people, for the demo and the tests. */
public record SampleCatalog(
    List<Site> sites, List<Desk> desks, List<Agent> agents, List<StaffMember> staff) {
  private static final String CATALOG = "sample/catalog.yaml";
  private static final String DIRECTORY = "sample/directory.csv";

  public SampleCatalog {
    sites = List.copyOf(sites);
    desks = List.copyOf(desks);
    agents = List.copyOf(agents);
    staff = List.copyOf(staff);
  }

  /** Reads what comes with the server. */
  public static SampleCatalog load() {
    try {
      CatalogFile catalog = CatalogFile.read(CATALOG, text(CATALOG));
      List<StaffMember> staff =
          new StaffFile(catalog.sites(), new LibPhoneNumberNormalizer())
              .read(DIRECTORY, text(DIRECTORY));
      return new SampleCatalog(catalog.sites(), catalog.desks(), catalog.agents(), staff);
    } catch (BadFileException | IOException e) {
      throw new IllegalStateException("the sample that comes with the server is broken", e);
    }
  }

  private static String text(String name) throws IOException {
    try (InputStream in = SampleCatalog.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no " + name + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
