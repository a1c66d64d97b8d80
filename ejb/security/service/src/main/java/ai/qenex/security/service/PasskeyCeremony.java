package ai.qenex.security.service;

import ai.qenex.security.PasskeyAnswer;
import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The two ceremonies of W3C Web Authentication: making a passkey (section 7.1) and using it (section 7.2). The person
 * must have been verified by the authenticator, by finger, face or PIN, so that a passkey alone is two factors. Which
 * maker an authenticator is of is not asked (attestation "none").
 */
final class PasskeyCeremony {

  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.ES256),
          new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.EdDSA));
  private static final int LONGEST = 8_192;

  private final String rpId;
  private final Set<Origin> origins;
  private final ObjectConverter converter = new ObjectConverter();
  private final WebAuthnManager ceremonies = WebAuthnManager.createNonStrictWebAuthnManager(converter);
  private final AttestedCredentialDataConverter credentials = new AttestedCredentialDataConverter(converter);

  /** @param credential AAGUID, id and public key as the authenticator gave them */
  record Made(byte[] credentialId, byte[] credential, long signCount) {}

  PasskeyCeremony(String rpId, Set<String> origins) {
    this.rpId = rpId;
    this.origins = origins.stream().map(Origin::create).collect(Collectors.toUnmodifiableSet());
  }

  String rpId() {
    return rpId;
  }

  /** Empty if the answer is not one to that challenge, from a page of ours, by an authenticator that verified. */
  Optional<Made> made(byte[] challenge, PasskeyAnswer answer) {
    try {
      RegistrationData data = ceremonies.verify(
          new RegistrationRequest(bytes(answer.authenticatorData()), bytes(answer.clientData())),
          new RegistrationParameters(server(challenge), ALGORITHMS, true, true));
      var authenticator = data.getAttestationObject().getAuthenticatorData();
      var credential = authenticator.getAttestedCredentialData();
      return Optional.of(new Made(credential.getCredentialId(), credentials.convert(credential),
          authenticator.getSignCount()));
    } catch (WebAuthnException | IllegalArgumentException e) {
      return Optional.empty(); // misshapen, or one of the standard's conditions is not met
    }
  }

  /** The number of signatures the passkey counts now; empty if the answer is none of it to that challenge. */
  Optional<Long> used(byte[] challenge, Made passkey, PasskeyAnswer answer) {
    try {
      var record = new CredentialRecordImpl(new NoneAttestationStatement(), null, null, null, passkey.signCount(),
          credentials.convert(passkey.credential()), null, null, null, null);
      AuthenticationData data = ceremonies.verify(
          new AuthenticationRequest(passkey.credentialId(), bytes(answer.authenticatorData()),
              bytes(answer.clientData()), bytes(answer.signature())),
          new AuthenticationParameters(server(challenge), record, List.of(passkey.credentialId()), true, true));
      return Optional.of(data.getAuthenticatorData().getSignCount());
    } catch (WebAuthnException | IllegalArgumentException e) {
      return Optional.empty(); // misshapen, or one of the standard's conditions is not met
    }
  }

  private ServerProperty server(byte[] challenge) {
    return ServerProperty.builder().origins(origins).rpId(rpId).challenge(new DefaultChallenge(challenge)).build();
  }

  static byte[] bytes(String base64) {
    if (base64.length() > LONGEST) {
      throw new IllegalArgumentException("longer than any answer of a passkey");
    }
    return Base64.getUrlDecoder().decode(base64);
  }
}
