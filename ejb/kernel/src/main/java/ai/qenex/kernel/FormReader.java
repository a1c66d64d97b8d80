package ai.qenex.kernel;

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
public final class FormReader {

  private final ByteBuffer bytes;

  public FormReader(byte[] form) {
    bytes = ByteBuffer.wrap(form);
  }

  public int int1() {
    require(1);
    return bytes.get();
  }

  public int int4() {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  public long int8() {
    require(Long.BYTES);
    return bytes.getLong();
  }

  public UUID uuid() {
    return new UUID(int8(), int8());
  }

  public Instant micros() {
    return Instant.EPOCH.plus(int8(), ChronoUnit.MICROS);
  }

  public LocalDate date() {
    return LocalDate.ofEpochDay(int4());
  }

  public Asset asset() {
    return new Asset(text(), int1());
  }

  public Hash hash() {
    require(Hash.BYTES);
    var hash = new byte[Hash.BYTES];
    bytes.get(hash);
    return new Hash(hash);
  }

  public Amount amount() {
    String text = text();
    Amount amount = Amount.ofMinorUnits(text);
    if (!amount.toString().equals(text)) {
      throw new IllegalArgumentException("an amount of a canonical form is not written plainly: " + text);
    }
    return amount;
  }

  public String text() {
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

  public boolean flag() {
    int mark = int1();
    if (mark != 0 && mark != 1) {
      throw new IllegalArgumentException("a mark of a canonical form is " + mark + ", neither 0 nor 1");
    }
    return mark == 1;
  }

  public Optional<String> optionalText() {
    return flag() ? Optional.of(text()) : Optional.empty();
  }

  public Optional<Amount> optionalAmount() {
    return flag() ? Optional.of(amount()) : Optional.empty();
  }

  /** So many bytes as they are. */
  public byte[] raw(int length) {
    if (length < 0) {
      throw new IllegalArgumentException("a field of a canonical form has " + length + " bytes");
    }
    require(length);
    var raw = new byte[length];
    bytes.get(raw);
    return raw;
  }

  /** Faults if there is more. */
  public void end() {
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
