package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.kernel.Amount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteStreamWriter;

class CopyEncoderTest {

  private static final int HEADER = 19;
  private static final BigInteger LIMIT = BigInteger.TEN.pow(Amount.MAX_DIGITS);

  @Test
  void writesNumbersOfAnySizeAsPostgresReadsThem() throws SQLException {
    var values = new ArrayList<BigInteger>(List.of(BigInteger.ZERO, BigInteger.ONE, LIMIT.subtract(BigInteger.ONE)));
    for (int digits = 0; digits < Amount.MAX_DIGITS; digits++) {
      values.add(BigInteger.TEN.pow(digits));
      values.add(BigInteger.TEN.pow(digits).subtract(BigInteger.ONE));
    }
    for (int bits = 1; bits < 126; bits++) {
      values.add(BigInteger.TWO.pow(bits));
      values.add(new BigInteger(bits, new Random(bits)));
    }
    values.add(BigInteger.valueOf(Long.MAX_VALUE));
    values.add(BigInteger.valueOf(Long.MIN_VALUE));
    for (BigInteger value : values) {
      assertEquals(value, written(value));
      assertEquals(value.negate(), written(value.negate()));
    }
  }

  private static BigInteger written(BigInteger value) throws SQLException {
    var target = new CopiedBytes();
    var encoder = new CopyEncoder();
    encoder.begin(target);
    encoder.numeric(Amount.of(value));
    encoder.end();
    ByteBuffer bytes = ByteBuffer.wrap(target.bytes.toByteArray(), HEADER, target.bytes.size() - HEADER);
    int length = bytes.getInt();
    int groups = bytes.getShort();
    int weight = bytes.getShort();
    boolean negative = bytes.getShort() != 0;
    assertEquals(0, bytes.getShort());
    assertEquals(8 + 2 * groups, length);
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < groups; i++) {
      sum = sum.add(BigInteger.valueOf(bytes.getShort()).multiply(BigInteger.valueOf(10_000).pow(weight - i)));
    }
    return negative ? sum.negate() : sum;
  }

  private static final class CopiedBytes implements CopyIn {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void writeToCopy(byte[] buffer, int from, int length) {
      bytes.write(buffer, from, length);
    }

    @Override
    public void writeToCopy(ByteStreamWriter from) {
      try {
        from.writeTo(() -> bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void flushCopy() {}

    @Override
    public long endCopy() {
      return 1;
    }

    @Override
    public int getFieldCount() {
      return 1;
    }

    @Override
    public int getFormat() {
      return 1;
    }

    @Override
    public int getFieldFormat(int field) {
      return 1;
    }

    @Override
    public boolean isActive() {
      return true;
    }

    @Override
    public void cancelCopy() {}

    @Override
    public long getHandledRowCount() {
      return 1;
    }
  }
}
