package cti.server.db;

/**
 * The database cannot be used; nothing of ours is left open. The message is for the administrator:
 * the offending value and what was expected.
 */
public abstract sealed class DatabaseStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DatabaseStartException(String message, Throwable cause) {
    super(message, cause);
  }

  /** It is away, refuses us, or is of an unsupported kind or version. */
  public static final class DatabaseUnavailableException extends DatabaseStartException {
    private static final long serialVersionUID = 1L;

    public DatabaseUnavailableException(String message, Throwable cause) {
      super(message, cause);
    }

    public DatabaseUnavailableException(String message) {
      super(message, null);
    }
  }

  /** Its folder belongs to another cti-server that runs now. */
  public static final class DatabaseInUseException extends DatabaseStartException {
    private static final long serialVersionUID = 1L;

    DatabaseInUseException(String message) {
      super(message, null);
    }
  }

  /** A newer cti-server has worked on it. */
  public static final class SchemaTooNewException extends DatabaseStartException {
    private static final long serialVersionUID = 1L;

    SchemaTooNewException(String message) {
      super(message, null);
    }
  }

  /** Its schema is not what our migrations make: edited by hand, or a migration broke off. */
  public static final class SchemaFaultException extends DatabaseStartException {
    private static final long serialVersionUID = 1L;

    SchemaFaultException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
