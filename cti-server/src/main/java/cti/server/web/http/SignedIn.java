package cti.server.web.http;

import cti.core.account.Account;
import java.time.Instant;

/**
 * Somebody with a session that lasts.
 *
 * @param sessionKey names the session within the server; not the token
 * @param csrfToken what changes by cookie must carry
 * @param byCookie whether the request was authenticated by the cookie
 */
public record SignedIn(
    Account account, String sessionKey, String csrfToken, Instant expiresAt, boolean byCookie) {}
