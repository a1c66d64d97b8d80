package ai.qenex.payments.iso20022;

/** The stream that a document is written to is broken. */
public final class DocumentWriteException extends RuntimeException {

  DocumentWriteException(Throwable cause) {
    super("the document could not be written", cause);
  }
}
