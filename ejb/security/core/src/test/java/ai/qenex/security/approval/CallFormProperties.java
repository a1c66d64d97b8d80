package ai.qenex.security.approval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.security.Operation;
import ai.qenex.security.OperationFigures;
import ai.qenex.security.SensitiveCall;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;

/** Attacks APPROVAL-2 at its root: two requests never share a form, and a form is read back as what it was made of. */
class CallFormProperties {

  private static final Asset EUR = new Asset("EUR", 2);

  private static SensitiveCall call(String maker, String path, byte[] body) {
    var figures =
        new OperationFigures(List.of(Money.ofMinorUnits(body.length, EUR)), body.length % 2 == 0, true, "anna");
    return new SensitiveCall(new UUID(1, body.length), Operation.PAYMENT, figures, "large", 2,
        Set.of("approver", "operator"), Set.of("berta", "carla"), maker, Set.of("teller"), "POST", path, "a=b",
        "application/json", new UUID(7, 8), body);
  }

  @Property(tries = 300)
  void isReadBackAsItWas(@ForAll @AlphaChars @StringLength(min = 1, max = 50) String maker,
      @ForAll @StringLength(max = 50) @AlphaChars String path, @ForAll byte[] body) {
    byte[] form = CallForm.of(call(maker, path, body));
    SensitiveCall read = CallForm.read(form);
    assertArrayEquals(form, CallForm.of(read));
    assertEquals(maker, read.maker());
    assertEquals(path, read.path());
    assertArrayEquals(body, read.body());
  }

  @Property(tries = 300)
  void differsWhereverTheRequestDoes(@ForAll @AlphaChars @StringLength(min = 1, max = 20) String maker,
      @ForAll @NotEmpty byte[] body) {
    byte[] form = CallForm.of(call(maker, "/x", body));
    // a boundary that moves from one member to the next is another request
    assertNotEquals(CallForm.hash(form), CallForm.hash(CallForm.of(call(maker + "/", "x", body))));
    body[body.length - 1]++;
    assertNotEquals(CallForm.hash(form), CallForm.hash(CallForm.of(call(maker, "/x", body))));
  }

  @Property(tries = 300)
  void isNotReadWhenItIsCutOrLonger(@ForAll @NotEmpty byte[] body) {
    byte[] form = CallForm.of(call("mark", "/x", body));
    assertThrows(IllegalArgumentException.class, () -> CallForm.read(java.util.Arrays.copyOf(form, form.length - 1)));
    assertThrows(IllegalArgumentException.class, () -> CallForm.read(java.util.Arrays.copyOf(form, form.length + 1)));
  }
}
