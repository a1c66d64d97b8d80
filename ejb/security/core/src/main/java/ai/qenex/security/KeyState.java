package ai.qenex.security;

import java.util.Arrays;
import java.util.Optional;

/** The life of a key, which goes one way. */
public enum KeyState {
  /** Signs and verifies, seals and opens. One key of a purpose at a time. */
  ACTIVE("active"),
  /** Was rotated away: still verifies what it signed and opens what it sealed. */
  VERIFY_ONLY("verify-only"),
  /** Counts no more; it is still there, should that turn out to be wrong. */
  RETIRED("retired"),
  /** Its private part is erased for good: what it sealed can never be opened again. */
  DESTROYED("destroyed");

  private final String text;

  KeyState(String text) {
    this.text = text;
  }

  /** As it is stored and shown: {@code verify-only}. */
  public String text() {
    return text;
  }

  public static Optional<KeyState> of(String text) {
    return Arrays.stream(values()).filter(state -> state.text.equals(text)).findFirst();
  }
}
