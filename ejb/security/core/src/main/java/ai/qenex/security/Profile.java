package ai.qenex.security;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;

/** The two ways to run, from {@code qenex.profile}. */
public enum Profile {
  /** Demo clients and an issuer of our own. */
  DEVELOPMENT,
  /** Tokens of the bank's OIDC provider only. */
  PRODUCTION;

  /**
   * The profile a property value names, in lower case as documented.
   *
   * @throws QenexException {@link ErrorCode#INVALID_CONFIGURATION} if it names none: a misspelt "production" must not
   * open the bank
   */
  public static Profile of(String value) {
    return switch (value) {
      case "development" -> DEVELOPMENT;
      case "production" -> PRODUCTION;
      default -> throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.profile must be development or production, not '" + value + "'");
    };
  }
}
