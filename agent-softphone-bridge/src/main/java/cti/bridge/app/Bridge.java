package cti.bridge.app;

import cti.bridge.config.BridgeConfig;
import cti.bridge.health.HealthReporter;
import cti.bridge.local.LocalApi;
import cti.bridge.local.LocalDesk;
import cti.bridge.local.LocalToken;
import cti.bridge.pairing.PairingFile;
import cti.bridge.phone.Phone;
import cti.bridge.phone.PhoneCall;
import cti.bridge.phone.PhoneListener;
import cti.bridge.phone.PhoneStatus;
import cti.bridge.phone.baresip.BaresipPhone;
import cti.bridge.pop.ScreenPop;
import cti.bridge.server.GatewayPhone;
import cti.bridge.server.ServerHttp;
import cti.bridge.server.ServerLink;
import cti.bridge.server.ServerListener;
import cti.bridge.server.ServerStatus;
import cti.bridge.tray.Tray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The whole bridge on one page: what is made, from what; stopped in reverse. */
final class Bridge implements AutoCloseable {
  private final ServerHttp http;
  private final ScreenPop pop;
  private final Phone phone;
  private final ServerLink link;
  private final HealthReporter health;
  private final Optional<LocalApi> local;
  private volatile Optional<Tray> tray = Optional.empty();

  /**
   * Makes it and starts it.
   *
   * @throws IOException with one clear message; nothing is left running
   */
  Bridge(BridgeConfig config, Path folder) throws IOException {
    this.http = ServerHttp.trusting(config.trust());
    this.pop = new ScreenPop(config.pop(), folder);
    this.link = new ServerLink(new PairingFile(folder), http, new ServerEars());
    this.phone = phone(config.phone());
    this.health = new HealthReporter(link, http, phone, pop.times());
    try {
      this.local =
          config.local().port() == 0
              ? Optional.empty()
              : Optional.of(
                  LocalApi.start(
                      config.local(), LocalToken.of(folder), new LocalDesk(link, phone, pop)));
    } catch (IOException taken) {
      pop.close();
      http.close();
      throw taken;
    }
    phone.start(new PhoneEars());
    link.start();
    health.start();
    Thread.ofPlatform().name("rehearsal").daemon().start(pop::rehearse);
  }

  private Phone phone(BridgeConfig.PhoneRules rules) {
    return rules.kind().equals("baresip")
        ? new BaresipPhone(rules.address(), rules.extension(), rules.autoAnswer())
        : new GatewayPhone(() -> link, rules.extension());
  }

  private void changed() {
    health.changed();
    local.ifPresent(LocalApi::changed);
    tray.ifPresent(Tray::changed);
  }

  /** Shows itself in the desktop's tray, where there is one. */
  void showInTray(Runnable quit) {
    tray =
        Tray.show(
            new Tray.Watched() {
              @Override
              public ServerStatus server() {
                return link.status();
              }

              @Override
              public PhoneStatus phone() {
                return phone.status();
              }

              @Override
              public boolean popIsOn() {
                return pop.isOn();
              }

              @Override
              public void popOn(boolean on) {
                pop.on(on);
              }

              @Override
              public void quit() {
                quit.run();
              }
            });
  }

  /** What the phone tells. */
  private final class PhoneEars implements PhoneListener {
    @Override
    public void rings(PhoneCall call, long nanos) {
      pop.rings(call, nanos);
    }

    @Override
    public void changed() {
      Bridge.this.changed();
    }
  }

  /** What the server tells. */
  private final class ServerEars implements ServerListener {
    @Override
    public void pop(JsonNode shown, long nanos) {
      pop.pop(shown, nanos);
    }

    @Override
    public void call(JsonNode call, long nanos) {
      pop.call(call, nanos);
      Bridge.this.changed();
    }

    @Override
    public void changed() {
      Bridge.this.changed();
    }
  }

  @Override
  public void close() {
    tray.ifPresent(Tray::close);
    health.close();
    local.ifPresent(LocalApi::close);
    link.close();
    phone.close();
    pop.close();
    http.close();
  }
}
