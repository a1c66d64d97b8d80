package ai.qenex.ledger;

/**
 * Aliases that name the bank's own accounts: {@code clearing.<ASSET>} and {@code nostro.<BIC>.<ASSET>} with other
 * banks, {@code position.<ASSET>}, {@code income.fx.<ASSET>} and {@code rounding.<ASSET>} for conversions. Payments,
 * settlement and conversions book over whatever account bears such an alias, so that no other account may.
 */
public final class ReservedAliases {

  private static final String CLEARING = "clearing.";
  private static final String NOSTRO = "nostro.";
  /** What the bank bought and sold in conversions. */
  public static final String POSITION = "position.";
  /** What the bank earned by conversions. */
  public static final String CONVERSION_INCOME = "income.fx.";
  /** The residues of rounding. */
  public static final String ROUNDING = "rounding.";

  private ReservedAliases() {}

  /** Whether payments to and from other banks run over the account of that alias. */
  public static boolean isClearing(String alias) {
    return alias.startsWith(CLEARING);
  }

  /** Whether the alias is that of another bank's settlement account with us. */
  public static boolean isNostro(String alias) {
    return alias.startsWith(NOSTRO);
  }

  /** Whether the alias is that of an account over which conversions run. */
  public static boolean isConversion(String alias) {
    return alias.startsWith(POSITION) || alias.startsWith(CONVERSION_INCOME) || alias.startsWith(ROUNDING);
  }

  /** Whether only the bank itself may give the alias. */
  public static boolean isReserved(String alias) {
    return isClearing(alias) || isNostro(alias) || isConversion(alias);
  }

  /** Whether an account of that product and asset may bear the alias. */
  static boolean permit(String alias, Product product, String asset) {
    return !isReserved(alias) || (product == Product.INTERNAL && alias.endsWith("." + asset));
  }
}
