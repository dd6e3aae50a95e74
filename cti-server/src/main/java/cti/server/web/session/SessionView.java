package cti.server.web.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A session, as its owner sees it.
 *
 * @param roles every role that the account holds, the least first
 * @param mustChangePassword whether PUT /api/v1/me/password comes before anything else
 * @param csrfToken to be sent as X-CSRF-Token with every change that is authenticated by cookie
 * @param idleSeconds without use, after which the session is over
 * @param token for Authorization: Bearer; only where the sign-in asked for it
 */
record SessionView(
    String user,
    String name,
    List<String> roles,
    Optional<String> agent,
    boolean mustChangePassword,
    String csrfToken,
    Instant expiresAt,
    long idleSeconds,
    Optional<String> token) {}
