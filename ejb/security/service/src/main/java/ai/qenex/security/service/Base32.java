package ai.qenex.security.service;

/** Base 32 (RFC 4648 section 6) without padding, as authenticators take secrets. */
final class Base32 {

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;

  private Base32() {}

  static String encode(byte[] bytes) {
    var text = new StringBuilder();
    int buffer = 0;
    int held = 0;
    for (byte next : bytes) {
      buffer = buffer << Byte.SIZE & 0xFFF | next & 0xFF;
      held += Byte.SIZE;
      while (held >= BITS) {
        held -= BITS;
        text.append(LETTERS.charAt(buffer >> held & (1 << BITS) - 1));
      }
    }
    return held == 0 ? text.toString()
        : text.append(LETTERS.charAt(buffer << BITS - held & (1 << BITS) - 1)).toString();
  }
}
