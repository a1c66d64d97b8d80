package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.BCSSLSocket;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS as clients of different ages meet it: TLS 1.3 or nothing, post-quantum key agreement where they know it. */
class TlsIT {

  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
  private static final Provider BOUNCY_CASTLE_TLS = new BouncyCastleJsseProvider(BOUNCY_CASTLE);

  private final RunningBank bank = RunningBank.get();

  @ParameterizedTest
  @ValueSource(strings = {"X25519MLKEM768", "x25519", "secp256r1"})
  void agreesOnKeysByTheOnlyGroupThatTheClientOffers(String group) throws Exception {
    assertEquals("TLSv1.3", handshakeOffering(group));
  }

  /** The control: the groups offered above do decide whether there is a handshake. */
  @Test
  void agreesOnNoKeysByAGroupThatTheServerDoesNotName() {
    assertThrows(IOException.class, () -> handshakeOffering("secp521r1"));
  }

  @Test
  void fallsBackForThePlainClientOfTheJdk() throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(context(SSLContext.getInstance("TLS"))).build();
    var answer = client.send(HttpRequest.newBuilder(secure("/health/ready")).build(), BodyHandlers.ofString());
    assertEquals(200, answer.statusCode());
    assertEquals("TLSv1.3", answer.sslSession().orElseThrow().getProtocol());
    assertEquals("max-age=31536000; includeSubDomains",
        answer.headers().firstValue("Strict-Transport-Security").orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.1"})
  void refusesOlderVersions(String version) throws Exception {
    var context = context(SSLContext.getInstance("TLS"));
    try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", bank.httpsPort())) {
      socket.setEnabledProtocols(new String[] {version});
      assertThrows(IOException.class, socket::startHandshake);
    }
  }

  @Test
  void servesAWholeTransferOverHybridTls() throws Exception {
    String request = "GET /api/v1/assets HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
        + bank.token("teller") + "\r\n\r\n";
    try (SSLSocket socket = socketOffering("X25519MLKEM768")) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals("HTTP/1.1 200 OK", answer.lines().findFirst().orElse(""));
    }
  }

  private String handshakeOffering(String group) throws IOException, GeneralSecurityException {
    try (SSLSocket socket = socketOffering(group)) {
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  private SSLSocket socketOffering(String group) throws IOException, GeneralSecurityException {
    var context = context(SSLContext.getInstance("TLS", BOUNCY_CASTLE_TLS));
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", bank.httpsPort());
    socket.setSoTimeout(20_000);
    BCSSLParameters parameters = ((BCSSLSocket) socket).getParameters();
    parameters.setNamedGroups(new String[] {group});
    ((BCSSLSocket) socket).setParameters(parameters);
    return socket;
  }

  /** A stranger's handshake, on which the server makes its certificate if it is the first; he does not trust it. */
  private void assertRefusedByStrangers() throws IOException, GeneralSecurityException {
    try (SSLSocket socket =
        (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket("localhost", bank.httpsPort())) {
      assertThrows(SSLHandshakeException.class, socket::startHandshake);
    }
  }

  /** Trusts the server's own certificate and no other. */
  private SSLContext context(SSLContext context) throws IOException, GeneralSecurityException {
    if (Files.notExists(bank.keyStore())) {
      assertRefusedByStrangers();
    }
    KeyStore server = KeyStore.getInstance("JKS");
    try (InputStream file = Files.newInputStream(bank.keyStore())) {
      server.load(file, "password".toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("bank", server.getCertificate("server"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    context.init(null, trust.getTrustManagers(), new SecureRandom());
    return context;
  }

  private URI secure(String path) {
    return URI.create("https://localhost:" + bank.httpsPort() + path);
  }
}
