package cti.core.account;

import java.time.Instant;

/**
 * A session as it is kept, so that it outlives a restart of the server.
 *
 * @param tokenHash SHA-256 of the token in lower-case hexadecimal, 64 characters; the token itself
 *     is never stored
 */
public record StoredSession(String tokenHash, String user, Instant createdAt, Instant lastUsedAt) {}
