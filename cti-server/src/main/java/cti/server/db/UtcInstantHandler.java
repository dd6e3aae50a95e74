package cti.server.db;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;

/**
 * An instant as a DATETIME(6) in UTC, cut to microseconds here, because the servers would round.
 * Handed over without a zone, so no setting of driver, session or server can shift it.
 */
final class UtcInstantHandler extends BaseTypeHandler<Instant> {
  /** The range of DATETIME(6) on every server. */
  private static final Instant FIRST = Instant.parse("1000-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  @Override
  public void setNonNullParameter(
      PreparedStatement statement, int index, Instant value, JdbcType type) throws SQLException {
    statement.setObject(
        index,
        LocalDateTime.ofInstant(known(value).truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC));
  }

  /** Times beyond the range come in questions of clients, where the range's end does as well. */
  private static Instant known(Instant value) {
    if (value.isBefore(FIRST)) {
      return FIRST;
    }
    return value.isAfter(LAST) ? LAST : value;
  }

  @Override
  public Instant getNullableResult(ResultSet row, String column) throws SQLException {
    return instant(row.getObject(column, LocalDateTime.class));
  }

  @Override
  public Instant getNullableResult(ResultSet row, int column) throws SQLException {
    return instant(row.getObject(column, LocalDateTime.class));
  }

  @Override
  public Instant getNullableResult(CallableStatement call, int column) throws SQLException {
    return instant(call.getObject(column, LocalDateTime.class));
  }

  private static Instant instant(LocalDateTime stored) {
    return stored == null ? null : stored.toInstant(ZoneOffset.UTC);
  }
}
