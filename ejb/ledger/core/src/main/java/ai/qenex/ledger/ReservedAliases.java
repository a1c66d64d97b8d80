package ai.qenex.ledger;

/**
 * Aliases that name the bank's own accounts with other banks: {@code clearing.<ASSET>} and
 * {@code nostro.<BIC>.<ASSET>}. Payments and settlement book over whatever account bears such an alias, so that no
 * other account may.
 */
public final class ReservedAliases {

  private static final String CLEARING = "clearing.";
  private static final String NOSTRO = "nostro.";

  private ReservedAliases() {}

  /** Whether payments to and from other banks run over the account of that alias. */
  public static boolean isClearing(String alias) {
    return alias.startsWith(CLEARING);
  }

  /** Whether the alias is that of another bank's settlement account with us. */
  public static boolean isNostro(String alias) {
    return alias.startsWith(NOSTRO);
  }

  /** Whether only the bank itself may give the alias. */
  public static boolean isReserved(String alias) {
    return isClearing(alias) || isNostro(alias);
  }

  /** Whether an account of that product and asset may bear the alias. */
  static boolean permit(String alias, Product product, String asset) {
    return !isReserved(alias) || (product == Product.INTERNAL && alias.endsWith("." + asset));
  }
}
