package ai.qenex.ledger.seal;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the fields that {@link FormWriter} wrote; what it cannot have written is an {@link IllegalArgumentException}.
 */
final class FormReader {

  private final ByteBuffer bytes;

  FormReader(byte[] form) {
    bytes = ByteBuffer.wrap(form);
  }

  int int1() {
    require(1);
    return bytes.get();
  }

  int int4() {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  long int8() {
    require(Long.BYTES);
    return bytes.getLong();
  }

  UUID uuid() {
    return new UUID(int8(), int8());
  }

  Instant micros() {
    return Instant.EPOCH.plus(int8(), ChronoUnit.MICROS);
  }

  LocalDate date() {
    return LocalDate.ofEpochDay(int4());
  }

  Asset asset() {
    return new Asset(text(), int1());
  }

  Hash hash() {
    require(Hash.BYTES);
    var hash = new byte[Hash.BYTES];
    bytes.get(hash);
    return new Hash(hash);
  }

  Amount amount() {
    String text = text();
    Amount amount = Amount.ofMinorUnits(text);
    if (!amount.toString().equals(text)) {
      throw new IllegalArgumentException("an amount of a canonical form is not written plainly: " + text);
    }
    return amount;
  }

  String text() {
    require(Short.BYTES);
    int length = Short.toUnsignedInt(bytes.getShort());
    require(length);
    ByteBuffer utf8 = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text of a canonical form is not UTF-8", e);
    }
  }

  boolean flag() {
    int mark = int1();
    if (mark != 0 && mark != 1) {
      throw new IllegalArgumentException("a mark of a canonical form is " + mark + ", neither 0 nor 1");
    }
    return mark == 1;
  }

  Optional<String> optionalText() {
    return flag() ? Optional.of(text()) : Optional.empty();
  }

  Optional<Amount> optionalAmount() {
    return flag() ? Optional.of(amount()) : Optional.empty();
  }

  void end() {
    if (bytes.hasRemaining()) {
      throw new IllegalArgumentException("a canonical form has " + bytes.remaining() + " bytes too many");
    }
  }

  private void require(int length) {
    if (bytes.remaining() < length) {
      throw new IllegalArgumentException("a canonical form ends within a field", new BufferUnderflowException());
    }
  }
}
