package ai.qenex.ledger.engine;

import ai.qenex.kernel.Iban;
import ai.qenex.ledger.AccountNumber;

/** How the bank makes an IBAN of an account number. */
@FunctionalInterface
public interface IbanScheme {

  /** Pure, and different for each number. */
  Iban ibanOf(AccountNumber number);

  /**
   * National number = bank code and the account number in ten digits, as in Germany.
   *
   * @param country ISO 3166 code of two letters
   * @throws IllegalArgumentException if that does not make an IBAN of the country
   */
  static IbanScheme ofBankCode(String country, String bankCode) {
    IbanScheme scheme = number -> Iban.of(country, bankCode + "%010d".formatted(number.value()));
    scheme.ibanOf(new AccountNumber(1));
    return scheme;
  }
}
