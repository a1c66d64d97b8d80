package ai.qenex.payments.rules;

import java.util.function.Function;

/** What a rule says: a finding to go on with, or the fault that ends it. */
public sealed interface Judgement<T> {

  record Passed<T>(T finding) implements Judgement<T> {}

  record Failed<T>(Fault fault) implements Judgement<T> {}

  static <T> Judgement<T> pass(T finding) {
    return new Passed<>(finding);
  }

  static <T> Judgement<T> fail(ReasonCode code, Part part, String detail) {
    return new Failed<>(new Fault(code, part, detail));
  }

  /** Goes on with the next rule if this one was kept. */
  default <R> Judgement<R> then(Function<T, Judgement<R>> next) {
    if (this instanceof Failed<T> failed) {
      return new Failed<>(failed.fault());
    }
    return next.apply(((Passed<T>) this).finding());
  }
}
