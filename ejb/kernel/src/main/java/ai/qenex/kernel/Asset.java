package ai.qenex.kernel;

import java.util.regex.Pattern;

/**
 * Something the bank keeps accounts in: a currency, a token, a security.
 *
 * @param code 2 to 12 characters, upper-case letters and digits, a letter first; ISO 4217 for currencies
 * @param scale the number of decimals of its minor unit, 0 to 38 (USD 2, JPY 0, BTC 8, QXC 18)
 */
public record Asset(String code, int scale) {

  public static final int MAX_SCALE = 38;

  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]{1,11}");

  public Asset {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("an asset code is 2 to 12 upper-case letters and digits");
    }
    if (scale < 0 || scale > MAX_SCALE) {
      throw new IllegalArgumentException("an asset's scale is 0 to " + MAX_SCALE);
    }
  }

  @Override
  public String toString() {
    return code;
  }
}
