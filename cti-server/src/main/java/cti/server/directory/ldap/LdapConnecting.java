package cti.server.directory.ldap;

import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import cti.server.config.LdapConfig;
import cti.server.config.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import javax.net.ssl.X509TrustManager;

/** Connects to an LDAP server and signs in; what TLS shows must name the host. */
final class LdapConnecting {
  private static final int CONNECT_MILLIS = 5_000;
  private static final long RESPONSE_MILLIS = 60_000;

  private LdapConnecting() {}

  /**
   * @throws LDAPException where the server is away or refuses
   * @throws GeneralSecurityException where the certificate to trust cannot be used
   */
  static LDAPConnection open(LdapConfig.Server server)
      throws LDAPException, GeneralSecurityException {
    LDAPConnectionOptions options = new LDAPConnectionOptions();
    options.setConnectTimeoutMillis(CONNECT_MILLIS);
    options.setResponseTimeoutMillis(RESPONSE_MILLIS);
    options.setFollowReferrals(false);
    options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(false));
    LDAPConnection connection =
        server.tls() == LdapConfig.Tls.LDAPS
            ? new LDAPConnection(
                ssl(server).createSSLSocketFactory(), options, server.host(), server.port())
            : new LDAPConnection(options, server.host(), server.port());
    try {
      if (server.tls() == LdapConfig.Tls.START_TLS) {
        startTls(connection, server);
      }
      if (!server.bindDn().isEmpty()) {
        connection.bind(server.bindDn(), server.password().map(Secret::reveal).orElse(""));
      }
      return connection;
    } catch (LDAPException | GeneralSecurityException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void startTls(LDAPConnection connection, LdapConfig.Server server)
      throws LDAPException, GeneralSecurityException {
    ExtendedResult answer =
        connection.processExtendedOperation(
            new StartTLSExtendedRequest(ssl(server).createSSLContext()));
    if (answer.getResultCode() != ResultCode.SUCCESS) {
      throw new LDAPException(answer);
    }
  }

  private static SSLUtil ssl(LdapConfig.Server server) throws KeyStoreException {
    X509TrustManager trust =
        server.trustCertificate().isPresent()
            ? new PEMFileTrustManager(server.trustCertificate().get().toFile())
            : JVMDefaultTrustManager.getInstance();
    return new SSLUtil(trust);
  }
}
