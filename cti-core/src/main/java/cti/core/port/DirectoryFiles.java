package cti.core.port;

import cti.core.port.DirectoryPreviews.Format;

/** The directory as a file; what is exported can be imported again. */
public interface DirectoryFiles {
  /** Everybody, by employee number. Blocks; throws {@link StoreUnavailableException}. */
  byte[] export(Format format);

  /** The columns and a line of example. */
  byte[] template(Format format);
}
