package ai.qenex.launcher;

/** The launcher talks to a person and may stop itself. */
public class Greeting {
  void greet() {
    System.out.println("welcome");
    System.exit(0);
  }
}
