package ai.qenex.security;

/**
 * Who caused something, as it is written into a record that outlives the call.
 *
 * @param name the token's {@code upn} or {@code sub}, or a name of {@link #service(String)}; 1 to 200 characters
 */
public record Actor(String name) {

  private static final int LONGEST = 200;

  public Actor {
    if (name == null || name.isBlank() || name.length() > LONGEST) {
      throw new IllegalArgumentException("An actor's name has 1 to " + LONGEST + " characters");
    }
  }

  /** Our own background work by that name, told apart from every client by the prefix. */
  public static Actor service(String work) {
    return new Actor("service:" + work);
  }
}
