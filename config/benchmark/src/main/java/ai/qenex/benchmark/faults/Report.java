package ai.qenex.benchmark.faults;

import ai.qenex.benchmark.MarkdownTable;
import ai.qenex.benchmark.faults.Books.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What all drivers found, as one table, and whether any of it breaks a law. */
public final class Report {

  private final MarkdownTable table = new MarkdownTable("fault", "times", "acknowledged", "lost", "duplicated",
      "phantom", "wrong balances", "gaps in the log", "came back later / silence / unclear", "longest outage s");
  private final List<String> complaints = new ArrayList<>();

  /**
   * What was done.
   *
   * @param outage the longest time in which nobody was answered
   * @param limit that it had to stay within
   */
  record Fault(String name, long times, Duration outage, Duration limit) {}

  /** A run that must be clean. */
  void add(Fault fault, Verdict verdict, List<Clients> groups) {
    row(fault, verdict, groups);
    if (!verdict.isClean()) {
      complaints.add(fault.name + ": " + verdict);
    }
    if (fault.outage.compareTo(fault.limit) > 0) {
      complaints.add(fault.name + ": nobody was answered for " + fault.outage + ", limit " + fault.limit);
    }
    if (count(groups, Reply.UNCLEAR) > 0) {
      complaints.add(fault.name + ": answers that tell a client nothing");
    }
  }

  /** A run that must not be clean, or the checker is blind. */
  void addControl(Fault fault, Verdict verdict, List<Clients> groups, long found) {
    row(fault, verdict, groups);
    if (found == 0) {
      complaints.add(fault.name + ": the control was not caught, so the checker is blind");
    }
  }

  /** What this machine cannot show. */
  void skip(String fault, String why) {
    table.row(fault, "0: " + why, "", "", "", "", "", "", "", "");
  }

  void complain(String what) {
    complaints.add(what);
  }

  private void row(Fault fault, Verdict verdict, List<Clients> groups) {
    table.row(fault.name, figure(fault.times), figure(verdict.acknowledged()), figure(verdict.lost()),
        figure(verdict.duplicated()), figure(verdict.phantom()), figure(verdict.wrongBalances()),
        figure(verdict.gaps()), figure(count(groups, Reply.LATER)) + " / " + figure(count(groups, Reply.SILENCE))
            + " / " + figure(count(groups, Reply.UNCLEAR)),
        String.format(Locale.ROOT, "%.2f", fault.outage.toMillis() / 1e3));
  }

  private static long count(List<Clients> groups, Reply reply) {
    return groups.stream().mapToLong(clients -> clients.count(reply)).sum();
  }

  private static String figure(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Empty if every law held and every control was caught. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public String toString() {
    return table.toString();
  }
}
