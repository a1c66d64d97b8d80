package ai.qenex.ledger;

import ai.qenex.kernel.Iban;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** One of the ways to name an account from outside: its id, alias, IBAN or chain address. */
public sealed interface AccountRef {

  /** An alias: 1 to 64 lower- or upper-case letters, digits, dots, colons, underscores and hyphens, a letter first. */
  Pattern ALIAS_FORM = Pattern.compile("[A-Za-z][A-Za-z0-9._:-]{0,63}");

  Pattern ADDRESS_FORM = Pattern.compile("0x[0-9a-fA-F]{40}");

  Pattern ID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  record ById(UUID id) implements AccountRef {}

  record ByIban(Iban iban) implements AccountRef {}

  /** @param address {@code 0x} and 40 lower-case hex digits */
  record ByAddress(String address) implements AccountRef {}

  record ByAlias(String alias) implements AccountRef {}

  /** Reads any of the four forms, in the order id, address, IBAN, alias; empty if the text is none of them. */
  static Optional<AccountRef> parse(String text) {
    if (ID_FORM.matcher(text).matches()) {
      return Optional.of(new ById(UUID.fromString(text)));
    }
    if (ADDRESS_FORM.matcher(text).matches()) {
      return Optional.of(new ByAddress(text.toLowerCase(java.util.Locale.ROOT)));
    }
    if (Iban.isValid(text)) {
      return Optional.of(new ByIban(new Iban(text)));
    }
    return ALIAS_FORM.matcher(text).matches() ? Optional.of(new ByAlias(text)) : Optional.empty();
  }
}
