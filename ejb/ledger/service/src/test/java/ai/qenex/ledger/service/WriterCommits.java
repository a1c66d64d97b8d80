package ai.qenex.ledger.service;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows the requests of one connection that commit entries of the log: COMMIT where something was copied into it, and a
 * short batch, by its text or by the name that the driver gave its statement (PostgreSQL manual, "Message Formats").
 */
final class WriterCommits {

  private static final String COPY = "copy ledger.log_";
  private static final String COMMIT = "COMMIT";
  private static final Pattern SHORT_BATCH = Pattern.compile("(S_\\d+)?\0with fence as");

  private final Set<String> statements = new HashSet<>();
  private boolean copies;

  /** @param request as it came over the line, in ISO 8859-1 */
  boolean isCommit(String request) {
    copies |= request.contains(COPY);
    Matcher shortBatch = SHORT_BATCH.matcher(request);
    if (shortBatch.find()) {
      if (shortBatch.group(1) != null) {
        statements.add('\0' + shortBatch.group(1) + '\0');
      }
      return true;
    }
    return copies && request.contains(COMMIT) || statements.stream().anyMatch(request::contains);
  }
}
