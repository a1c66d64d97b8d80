package ai.qenex.payments.initiation;

/** How an initiation names an account: {@code Id/IBAN} or {@code Id/Othr/Id}. */
public record AccountName(Form form, String text) {

  /** Which of the two elements it stood in. */
  public enum Form {
    IBAN, OTHER
  }

  public static AccountName iban(String text) {
    return new AccountName(Form.IBAN, text);
  }

  public static AccountName other(String text) {
    return new AccountName(Form.OTHER, text);
  }
}
