package ai.qenex.payments.service;

import ai.qenex.security.FieldCipher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** What of a payment tells of people: who paid, who was paid, and what they wrote. Stored as one protected field. */
record PersonalPart(String debtorName, String creditorName, Optional<String> remittance) {

  /** Stands where a name stood whose data key was shredded. */
  static final String ERASED = "(erased)";
  static final String DEBTOR_COLUMN = "payments.payment/debtor_name";
  static final String CREDITOR_COLUMN = "payments.payment/creditor_name";
  private static final int ABSENT = -1;

  static PersonalPart of(PaymentRow row) {
    return new PersonalPart(row.debtor().name(), row.creditor().name(), row.remittance());
  }

  byte[] protectedBy(FieldCipher cipher, UUID payment) {
    byte[] debtor = debtorName.getBytes(StandardCharsets.UTF_8);
    byte[] creditor = creditorName.getBytes(StandardCharsets.UTF_8);
    byte[] text = remittance.map(line -> line.getBytes(StandardCharsets.UTF_8)).orElse(new byte[0]);
    return cipher.protect(place(payment), ByteBuffer
        .allocate(3 * Integer.BYTES + debtor.length + creditor.length + text.length)
        .putInt(debtor.length).put(debtor).putInt(creditor.length).put(creditor)
        .putInt(remittance.isPresent() ? text.length : ABSENT).put(text).array());
  }

  static PersonalPart revealed(FieldCipher cipher, UUID payment, byte[] sealed) {
    return cipher.reveal(place(payment), sealed).map(PersonalPart::read)
        .orElse(new PersonalPart(ERASED, ERASED, Optional.empty()));
  }

  private static PersonalPart read(byte[] plain) {
    ByteBuffer buffer = ByteBuffer.wrap(plain);
    String debtor = text(buffer, buffer.getInt());
    String creditor = text(buffer, buffer.getInt());
    int length = buffer.getInt();
    return new PersonalPart(debtor, creditor, length == ABSENT ? Optional.empty() : Optional.of(text(buffer, length)));
  }

  private static String text(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String place(UUID payment) {
    return "payments.payment/personal/" + payment;
  }
}
