package cti.server.app;

import cti.server.runtime.Folded;
import cti.server.web.stream.LiveFeed;
import cti.server.web.stream.LivePicture;
import java.util.concurrent.CompletionStage;

/** The picture that screens see, for checkpoints. */
final class FoldedFeed implements Folded<LivePicture.Memory> {
  private final LiveFeed feed;

  FoldedFeed(LiveFeed feed) {
    this.feed = feed;
  }

  @Override
  public String name() {
    return "screens";
  }

  @Override
  public Class<LivePicture.Memory> type() {
    return LivePicture.Memory.class;
  }

  @Override
  public CompletionStage<Memory<LivePicture.Memory>> memory() {
    return feed.memory().thenApply(kept -> new Memory<>(kept.sequence(), kept.picture()));
  }

  @Override
  public void restore(Memory<LivePicture.Memory> memory) {
    feed.restore(memory.sequence(), memory.picture());
  }

  @Override
  public void forget(long sequence) {
    feed.restore(sequence, LivePicture.Memory.EMPTY);
  }
}
