package ai.qenex.benchmark.faults;

/**
 * A transfer that a client wants, however often it must ask.
 *
 * @param number tells it from all others; travels as the transfer's reference, so that the log shows one carried out
 * twice even under different ids
 * @param debit place in the list of accounts
 * @param credit place in the list of accounts
 * @param cents more than zero
 */
record Wish(String number, int debit, int credit, long cents) {}
