package ai.qenex.security;

/** Why an administrator's wish is not met. */
public enum IdentityClause {
  /** Tokens come from the bank's own provider; people and clients are kept there. */
  ISSUER_DISABLED,
  /** A person or a client has that name. */
  NAME_TAKEN,
  /** Nobody has that name. */
  NOT_FOUND,
  /** Not 1 to 63 small letters, digits, dots, hyphens and underscores with a letter or digit first. */
  INVALID_NAME,
  /** A role that is not to be given, or none where one is needed. */
  INVALID_ROLES,
  /** More than 20 attributes, a name that is no claim of its own, or a value of more than 200 characters. */
  INVALID_ATTRIBUTES,
  /** Not an absolute https URI, or http to this machine; with a fragment. */
  INVALID_REDIRECT_URI,
  /** Not a public key of a kind that is taken. */
  INVALID_KEY,
  /** A secret of a client has 32 to 256 visible ASCII characters. */
  INVALID_SECRET,
  /** The password does not meet the policy: length, own name, known to guessers. */
  UNFIT_PASSWORD,
  /** Nobody changes his own roles or disables himself. */
  OWN_ENTRY
}
