package cti.testbed.server;

import java.nio.file.Path;

/** The database that a server of ours keeps its records in. */
public sealed interface DatabaseChoice {

  /** The MariaDB that cti-server brings along, in the server's own folder. */
  record Embedded() implements DatabaseChoice {}

  /**
   * A server that runs already.
   *
   * @param passwordFile holds the password in its first line
   */
  record MySql(String host, int port, String name, String user, Path passwordFile)
      implements DatabaseChoice {}

  /** The lines below {@code database:} in cti.yaml. */
  default String yaml(Path folder) {
    return switch (this) {
      case Embedded() ->
          """
            kind: embedded
            embedded:
              folder: %s
          """
              .formatted(folder.resolve("database"));
      case MySql(var host, var port, var name, var user, var passwordFile) ->
          """
            kind: mysql
            mysql:
              host: %s
              port: %d
              name: %s
              user: %s
              password: file:%s
          """
              .formatted(host, port, name, user, passwordFile);
    };
  }
}
