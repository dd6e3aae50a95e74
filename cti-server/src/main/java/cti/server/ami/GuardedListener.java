package cti.server.ami;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a defect of the listener from ending the link: it is logged and counted. */
final class GuardedListener implements AmiLinkListener {
  private static final Logger LOG = LoggerFactory.getLogger(AmiLink.class);

  private final AmiLinkListener listener;
  private final AmiEndpoint endpoint;
  private final AmiCounters counters;

  GuardedListener(AmiLinkListener listener, AmiEndpoint endpoint, AmiCounters counters) {
    this.listener = listener;
    this.endpoint = endpoint;
    this.counters = counters;
  }

  @Override
  public void linkUp(AmiBanner banner, AmiMessage fullyBooted) {
    try {
      listener.linkUp(banner, fullyBooted);
    } catch (RuntimeException defect) {
      failed("linkUp", defect);
    }
  }

  @Override
  public void event(AmiMessage event) {
    try {
      listener.event(event);
    } catch (RuntimeException defect) {
      failed(event.eventName(), defect);
    }
  }

  @Override
  public void linkLost(LinkLoss reason) {
    try {
      listener.linkLost(reason);
    } catch (RuntimeException defect) {
      failed("linkLost", defect);
    }
  }

  private void failed(String news, RuntimeException defect) {
    counters.listenerFailures.increment();
    LOG.error("AMI {} the listener failed at {}; the link goes on", endpoint, news, defect);
  }
}
