package cti.server.web;

import cti.core.engine.GatewaySight;
import cti.core.port.AccountEditing;
import cti.core.port.Accounts;
import cti.core.port.AgentDays;
import cti.core.port.AgentPhones;
import cti.core.port.AgentSettings;
import cti.core.port.AuditTrail;
import cti.core.port.BigScreens;
import cti.core.port.Bridges;
import cti.core.port.CallHistory;
import cti.core.port.CallTraces;
import cti.core.port.Callbacks;
import cti.core.port.Catalog;
import cti.core.port.CatalogReload;
import cti.core.port.Completeness;
import cti.core.port.CompletenessWatch;
import cti.core.port.ComponentState;
import cti.core.port.DeskFigures;
import cti.core.port.DeskNotes;
import cti.core.port.DeskRecordings;
import cti.core.port.DirectoryEditing;
import cti.core.port.DirectoryFiles;
import cti.core.port.DirectoryLookup;
import cti.core.port.DirectoryPreviews;
import cti.core.port.DirectorySync;
import cti.core.port.Flows;
import cti.core.port.GatewaySoftphones;
import cti.core.port.Incidents;
import cti.core.port.JournalReader;
import cti.core.port.LatencySink;
import cti.core.port.Mailbox;
import cti.core.port.MajorIncidents;
import cti.core.port.MasterEditing;
import cti.core.port.MissedCases;
import cti.core.port.PhonePins;
import cti.core.port.Prompts;
import cti.core.port.Readiness;
import cti.core.port.Recordings;
import cti.core.port.RoutedCalls;
import cti.core.port.Routing;
import cti.core.port.SessionStore;
import cti.core.port.SignInTrail;
import cti.core.port.SupervisorActs;
import cti.core.port.Surveys;
import cti.core.port.Voicemails;
import cti.core.port.WhatIf;
import cti.server.web.resource.PromptsResource;
import cti.server.web.resource.RecordingsResource;
import cti.server.web.softphone.SipLineSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the web side needs from the rest of the server. */
public record WebPorts(
    Stores stores,
    Catalog catalog,
    DirectoryLookup directory,
    Mailbox mailbox,
    JournalReader journal,
    AgentDesk agentDesk,
    Watching watching,
    InstantSource clock) {

  /** What blocks. */
  public record Stores(
      Accounts accounts,
      SessionStore sessions,
      Bridges bridges,
      CallHistory history,
      MissedCases missedCases,
      Incidents incidents,
      Administration administration,
      Recorded recorded,
      Counted counted,
      RoutingDesk routing,
      Supervised supervised) {}

  /** What supervisors do to others. */
  public record Supervised(SupervisorActs acts, DeskNotes notes, BigScreens screens) {}

  /** The rules that route calls, and what goes with them. */
  public record RoutingDesk(
      Routing routing,
      Flows flows,
      RoutedCalls calls,
      WhatIf replays,
      MajorIncidents incidents,
      PromptDesk prompts) {}

  /**
   * What callers hear.
   *
   * @param pins of those who record prompts by phone
   * @param files where the sound is
   */
  public record PromptDesk(Prompts prompts, PhonePins pins, PromptsResource.PromptFiles files) {}

  /** What is counted of the records. */
  public record Counted(Completeness completeness, DeskFigures figures, AgentDays days) {}

  /** What administrators change. */
  public record Administration(
      CatalogReload reload,
      MasterEditing master,
      DirectoryEditing staff,
      DirectoryPreviews previews,
      DirectoryFiles files,
      Optional<DirectorySync> sync,
      AuditTrail audit,
      SignInTrail signIns,
      AccountEditing accounts) {}

  /**
   * Recordings.
   *
   * @param files where their files are
   * @param left what callers left besides talks
   */
  public record Recorded(
      Recordings recordings,
      DeskRecordings desks,
      RecordingsResource.RecordingFiles files,
      Left left) {}

  /**
   * What callers leave besides talks.
   *
   * @param files where the files of messages are
   */
  public record Left(
      Callbacks callbacks,
      Voicemails voicemails,
      Surveys surveys,
      RecordingsResource.RecordingFiles files) {}

  /** What agents may do, and by which phones. */
  public record AgentDesk(
      AgentSettings settings, AgentPhones phones, BrowserPhones browserPhones) {}

  /**
   * Phones in browsers.
   *
   * @param line the gateway's WebSocket for SIP; empty where there are none
   */
  public record BrowserPhones(Optional<SipLineSettings> line, GatewaySoftphones gateway) {
    public static final BrowserPhones NONE =
        new BrowserPhones(Optional.empty(), GatewaySoftphones.NONE);
  }

  /**
   * What monitors look at.
   *
   * @param metrics gives the text form of Prometheus
   * @param sight what the watchdog saw last
   * @param debugging what administrators look into
   */
  public record Watching(
      Readiness readiness,
      Supplier<String> metrics,
      LatencySink latency,
      Supplier<GatewaySight> sight,
      CompletenessWatch completeness,
      Debugging debugging) {}

  /** What the server thinks, and why. */
  public record Debugging(CallTraces traces, Supplier<List<ComponentState>> components) {}
}
